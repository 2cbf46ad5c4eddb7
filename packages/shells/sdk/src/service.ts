import type {
  DeletingBody,
  GenerateBody,
  PullSecretBody,
  VerificationAnswer,
  VerificationBody,
} from '@pull-secret/wire'

export interface Retrieved {
  readonly body: PullSecretBody
  readonly etag?: string
}

/**
 * The service's operations as the wire words them, wherever it runs. Each rejects with the signal's reason when it
 * aborts.
 */
export interface Service {
  readonly generate: (clusterId: string, body: GenerateBody, signal: AbortSignal) => Promise<PullSecretBody>
  /** Undefined: still the revision that `knownEtag` names. */
  readonly retrieve: (
    clusterId: string,
    knownEtag: string | undefined,
    signal: AbortSignal,
  ) => Promise<Retrieved | undefined>
  /** Undefined: everything is proved revoked. */
  readonly remove: (
    clusterId: string,
    incarnation: number | undefined,
    signal: AbortSignal,
  ) => Promise<DeletingBody | undefined>
  readonly verify: (clusterId: string, body: VerificationBody, signal: AbortSignal) => Promise<VerificationAnswer>
  /** Called once, after every call's signal has aborted. */
  readonly close: () => Promise<void>
}
