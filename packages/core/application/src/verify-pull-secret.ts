import { type Digest, type HeldFingerprints, type Verification, verifyFingerprints } from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { RetrieveFailure, RetrievePullSecret } from './retrieve-pull-secret.ts'

/** Whether what a cluster holds is what is served, told by fingerprints alone. */
export type VerifyPullSecret = (
  clusterId: string,
  held: HeldFingerprints,
) => TE.TaskEither<RetrieveFailure, Verification>

export interface VerifyDeps {
  readonly retrieve: RetrievePullSecret
  readonly digest: Digest
}

export const makeVerifyPullSecret =
  ({ retrieve, digest }: VerifyDeps): VerifyPullSecret =>
  (clusterId, held) =>
    pipe(
      retrieve(clusterId),
      TE.map((secret) => verifyFingerprints(secret.document, secret.fingerprintKey, digest, held)),
    )
