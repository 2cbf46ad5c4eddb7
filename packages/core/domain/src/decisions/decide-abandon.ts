import type { Credential } from '../credentials/credential.ts'
import type { ClusterLedger } from '../ledger/cluster-ledger.ts'
import { decided, type Decision } from '../ledger/decision.ts'
import type { Instant } from '../platform/instant.ts'
import { type ReplaceContext, revokeAndReplace } from './replace.ts'

/** Gives a row up whose secret can no longer be had. */
export const decideAbandon = (
  ledger: ClusterLedger,
  credential: Credential,
  context: ReplaceContext,
  now: Instant,
): Decision<void> => decided(undefined, revokeAndReplace(ledger, credential, context, now))
