import type { ExitName } from '../failures/exit-codes.ts'
import type { ProcessContext } from '../process-context.ts'

/** What every command needs. */
export interface CommandContext {
  readonly processContext: ProcessContext
  readonly version: string
  /** Called once by the command that ran. */
  readonly settle: (exit: ExitName) => void
  /** Called with the help or the version where those are asked for. */
  readonly explain: (text: string) => void
}
