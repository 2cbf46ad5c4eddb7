import type { Invariant } from './facts.ts'
import { noOrphan } from './i1-no-orphan.ts'
import { handedOutStaysValid } from './i2-handed-out-stays-valid.ts'
import { oneCredential } from './i3-one-credential.ts'
import { auditReplays } from './i4-audit-replays.ts'
import { noLeak } from './i5-no-leak.ts'
import { deletedIsRefused } from './i6-deleted-is-refused.ts'
import { allEnds } from './i7-all-ends.ts'

/** What holds whenever and wherever a process died. */
export const invariants: ReadonlyArray<Invariant> = [
  noOrphan,
  handedOutStaysValid,
  oneCredential,
  auditReplays,
  noLeak,
  deletedIsRefused,
  allEnds,
]
