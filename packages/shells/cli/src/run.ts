import { CommanderError } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { internalFailure } from './failures/command-failure.ts'
import { exitCodes, type ExitName } from './failures/exit-codes.ts'
import { makeProgram } from './make-program.ts'
import { printAnswer, printFailure } from './output/print.ts'
import { writeAll } from './output/write-all.ts'
import type { ProcessContext } from './process-context.ts'
import { endInTime } from './stopping/end-in-time.ts'
import { readVersion } from './version.ts'

/** What a reader of standard error that does not read may delay the end. */
const lastWordsMilliseconds = 2000

const runProgram = async (argv: ReadonlyArray<string>, processContext: ProcessContext): Promise<ExitName> => {
  let exit: ExitName = 'ok'
  let help = ''
  const program = makeProgram({
    processContext,
    version: readVersion(),
    settle: (name) => {
      exit = name
    },
    explain: (text) => {
      help += text
    },
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exit
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      printFailure(processContext, internalFailure)
      return 'internal'
    }
    if (error.exitCode !== 0) return 'usage'
    const printed = await printAnswer(processContext, help)
    if (E.isRight(printed)) return 'ok'
    printFailure(processContext, printed.left)
    return printed.left.exit
  }
}

/** Runs one command line, without the program's name, and gives its exit code once everything is written. */
export const run = async (argv: ReadonlyArray<string>, processContext: ProcessContext): Promise<number> => {
  const exit = await runProgram(argv, processContext)
  await endInTime(AbortSignal.abort(), lastWordsMilliseconds, writeAll(processContext.stderr, ''))
  return exitCodes[exit]
}
