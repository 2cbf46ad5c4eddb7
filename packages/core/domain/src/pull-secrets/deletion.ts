import type { RevocationStatus } from './revocation-status.ts'

/** `deleted` only when every credential is proved gone; otherwise how far each registry is. */
export type Deletion =
  | { readonly kind: 'deleted' }
  | {
      readonly kind: 'deleting'
      /** Which life is being deleted: who repeats the deletion names it, so that it meets no later one. */
      readonly incarnation: number
      readonly registries: ReadonlyArray<RevocationStatus>
    }
