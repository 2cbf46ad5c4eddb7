import * as E from 'fp-ts/lib/Either.js'
import { type CommandFailure, describeFailure } from '../failures/command-failure.ts'
import type { CommandAnswer } from '../operations/operations.ts'
import type { ProcessContext } from '../process-context.ts'
import { untilStopped } from '../stopping/until-stopped.ts'
import { harmless } from './harmless.ts'
import { writeAll } from './write-all.ts'

/** Nobody is told that a reader left, as `head` does: a program that a broken pipe kills says nothing either. */
const readerLeft: CommandFailure = { code: 'READER_LEFT', exit: 'readerLeft', message: 'the reader of the output left' }

const incomplete = (reason: string): CommandFailure => ({
  code: 'OUTPUT',
  exit: 'internal',
  message: `standard output cannot be written (${reason}): the output is incomplete`,
})

const write = ({ stdout, stop }: ProcessContext, text: string): CommandAnswer<void> =>
  untilStopped(stop, async () =>
    E.mapLeft((code: string) => (code === 'EPIPE' ? readerLeft : incomplete(code)))(await writeAll(stdout, text)),
  )

/** Whether a person looks at standard output. */
export const isTerminal = ({ stdout }: Pick<ProcessContext, 'stdout'>): boolean => stdout.isTTY === true

/** Prints an answer to standard output; resolves once all of it is written. */
export const printAnswer = (processContext: ProcessContext, text: string): CommandAnswer<void> =>
  text === ''
    ? Promise.resolve(E.right(undefined))
    : write(processContext, isTerminal(processContext) ? harmless(text) : text)

const clearScreen = '\u001B[H\u001B[2J'

/** Prints an answer in the place of everything that a terminal shows. */
export const redrawAnswer = (processContext: ProcessContext, text: string): CommandAnswer<void> =>
  write(processContext, `${clearScreen}${harmless(text)}`)

/** Tells a failure on standard error, as far as that can be written. */
export const printFailure = ({ stderr }: ProcessContext, failure: CommandFailure): void => {
  if (failure !== readerLeft) stderr.write(harmless(describeFailure(failure)))
}
