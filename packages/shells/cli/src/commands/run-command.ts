import * as E from 'fp-ts/lib/Either.js'
import { type CommandFailure, describeFailure } from '../failures/command-failure.ts'
import type { ExitName } from '../failures/exit-codes.ts'
import type { CommandContext } from './command-context.ts'

/** What a command prints, and its exit code. */
export interface Outcome {
  readonly printed: string
  readonly exit: ExitName
}

export type CommandResult = Promise<E.Either<CommandFailure, Outcome>>

/** Runs a command and prints its result: answers to standard output, failures to standard error. */
export const runCommand = async (
  { processContext, settle }: CommandContext,
  work: () => CommandResult,
): Promise<void> => {
  const result = await work()
  if (E.isLeft(result)) {
    processContext.stderr.write(describeFailure(result.left))
    settle(result.left.exit)
    return
  }
  processContext.stdout.write(result.right.printed)
  settle(result.right.exit)
}

/** The outcome of an answer: its text and the exit code. */
export const outcomeOf = <A>(
  answer: E.Either<CommandFailure, A>,
  printed: (value: A) => string,
  exit: (value: A) => ExitName = () => 'ok',
): E.Either<CommandFailure, Outcome> =>
  E.map((value: A): Outcome => ({ printed: printed(value), exit: exit(value) }))(answer)
