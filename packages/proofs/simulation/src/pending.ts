import type { Setting } from './configuration.ts'
import type { FaultKind } from './faults.ts'
import type { JudgeName } from './invariants/violations-of.ts'

interface Pending {
  readonly faults: ReadonlyArray<FaultKind>
  /** What a change of configuration may be about. */
  readonly settings: ReadonlyArray<Setting>
  readonly judges: ReadonlyArray<JudgeName>
}

/**
 * What the simulated world can do, or a judge can notice, and the core does not withstand yet. Random histories and
 * exhaustive runs leave it out unless they are asked for it; a saved case names what it needs. A name goes when the
 * core withstands it.
 */
export const notYet: Pending = {
  faults: ['absurd_retry_after', 'strange_expiry', 'stale_backend', 'marker_edited', 'suspended', 'clock_jumped'],
  settings: ['scope'],
  judges: ['timesAreDates'],
}
