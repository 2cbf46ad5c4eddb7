import type { RevocationStatus } from './revocation-status.ts'

/** `deleted` only when every credential is proved gone; otherwise how far each registry is. */
export type Deletion =
  { readonly kind: 'deleted' } | { readonly kind: 'deleting'; readonly registries: ReadonlyArray<RevocationStatus> }
