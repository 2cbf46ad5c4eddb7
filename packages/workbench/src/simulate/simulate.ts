import { readOptions, usage } from './options.ts'
import { replayCase } from './replay-case.ts'
import { simulateExhaustively } from './simulate-exhaustively.ts'
import { simulateRandomly } from './simulate-randomly.ts'
import type { Sink } from './sink.ts'

const misused = 2

/** `npm run simulate`; gives the exit code. */
export const simulate = async (args: ReadonlyArray<string>, out: Sink, errors: Sink): Promise<number> => {
  if (args.includes('--help')) {
    out.write(usage)
    return 0
  }
  try {
    const options = readOptions(args)
    if (options.caseFile !== undefined) return await replayCase(options.caseFile, out)
    return await (options.exhaustive ? simulateExhaustively : simulateRandomly)(options, out, errors)
  } catch (error) {
    errors.write(`${error instanceof Error ? error.message : 'the options cannot be read'}\n${usage}`)
    return misused
  }
}
