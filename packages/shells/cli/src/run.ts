import { CommanderError } from 'commander'
import { describeFailure, internalFailure } from './failures/command-failure.ts'
import { exitCodes, type ExitName } from './failures/exit-codes.ts'
import { makeProgram } from './make-program.ts'
import type { ProcessContext } from './process-context.ts'
import { readVersion } from './version.ts'

/** Runs one command line, without the program's name, and gives its exit code. */
export const run = async (argv: ReadonlyArray<string>, processContext: ProcessContext): Promise<number> => {
  let exit: ExitName = 'ok'
  const program = makeProgram({
    processContext,
    version: readVersion(),
    settle: (name) => {
      exit = name
    },
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCodes[exit]
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    processContext.stderr.write(describeFailure(internalFailure))
    return exitCodes.internal
  }
}
