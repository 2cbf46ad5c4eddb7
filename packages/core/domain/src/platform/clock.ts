import type { IO } from 'fp-ts/lib/IO.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { Instant } from './instant.ts'

/** This process's time. State is never decided by it: decisions get the ledger's own clock. */
export interface Clock {
  /** Wall-clock time of this process; may be wrong by minutes and may jump. */
  readonly now: IO<Instant>
  /**
   * Milliseconds since an arbitrary start; never goes back. Goes on while the machine is suspended, as far as its wall
   * clock shows afterwards.
   */
  readonly monotonic: IO<number>
  /** Resolves after at least `milliseconds`. */
  readonly sleep: (milliseconds: number) => Task<void>
  /** Resolves after at least `milliseconds` if the process still lives: unlike `sleep` it does not keep it alive. */
  readonly alarm: (milliseconds: number) => Task<void>
}
