import type { ExitName } from '../failing/exit-codes.ts'
import type { Surroundings } from '../surroundings.ts'

/** What every command is built with. */
export interface CommandContext {
  readonly surroundings: Surroundings
  readonly version: string
  /** Called once by the command that ran. */
  readonly settle: (exit: ExitName) => void
}
