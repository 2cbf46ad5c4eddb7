import { CommanderError } from 'commander'
import { describeFailure, internalFailure } from './failing/command-failure.ts'
import { exitCodes, type ExitName } from './failing/exit-codes.ts'
import { makeProgram } from './make-program.ts'
import type { Surroundings } from './surroundings.ts'
import { readVersion } from './version.ts'

/** Runs one command line, without the program's name, and gives its exit code. */
export const run = async (argv: ReadonlyArray<string>, surroundings: Surroundings): Promise<number> => {
  let exit: ExitName = 'ok'
  const program = makeProgram({
    surroundings,
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
    surroundings.stderr.write(describeFailure(internalFailure))
    return exitCodes.internal
  }
}
