import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import type { ExitName } from '../failures/exit-codes.ts'
import type { CommandAnswer } from '../operations/operations.ts'
import { printAnswer, printFailure } from '../output/print.ts'
import type { ProcessContext } from '../process-context.ts'
import type { CommandContext } from './command-context.ts'

/** What a command prints, and its exit code. */
export interface Outcome {
  readonly printed: string
  readonly exit: ExitName
  /** For standard error, after what is printed; ends with a line break. */
  readonly notice?: string
}

export type CommandResult = Promise<E.Either<CommandFailure, Outcome>>

const printOutcome = async (
  processContext: ProcessContext,
  { printed, exit, notice }: Outcome,
): CommandAnswer<ExitName> => {
  const written = await printAnswer(processContext, printed)
  if (E.isLeft(written)) return written
  if (notice !== undefined) processContext.stderr.write(notice)
  return E.right(exit)
}

/** Runs a command and prints its result: answers to standard output, failures to standard error. */
export const runCommand = async (
  { processContext, settle }: CommandContext,
  work: () => CommandResult,
): Promise<void> => {
  const result = await work()
  const printed = E.isLeft(result) ? result : await printOutcome(processContext, result.right)
  if (E.isLeft(printed)) printFailure(processContext, printed.left)
  settle(E.isLeft(printed) ? printed.left.exit : printed.right)
}

/** The outcome of an answer: its text and the exit code. */
export const outcomeOf = <A>(
  answer: E.Either<CommandFailure, A>,
  printed: (value: A) => string,
  exit: (value: A) => ExitName = () => 'ok',
): E.Either<CommandFailure, Outcome> =>
  E.map((value: A): Outcome => ({ printed: printed(value), exit: exit(value) }))(answer)
