import type { KeptCase } from '@pull-secret/simulation'
import { readOptions, type SimulateOptions, usage } from './options.ts'
import { readCase } from './read-case.ts'
import { replayCase } from './replay-case.ts'
import { simulateExhaustively } from './simulate-exhaustively.ts'
import { simulateRandomly } from './simulate-randomly.ts'
import type { Sink } from './sink.ts'

const misused = 2

interface SimulationRequest {
  readonly options: SimulateOptions
  readonly kept?: KeptCase
}

const requestOf = (args: ReadonlyArray<string>): SimulationRequest | string => {
  try {
    const options = readOptions(args)
    return { options, kept: options.caseFile === undefined ? undefined : readCase(options.caseFile) }
  } catch (error) {
    return error instanceof Error ? error.message : 'the options cannot be read'
  }
}

/** `npm run simulate`; gives the exit code. */
export const simulate = async (args: ReadonlyArray<string>, out: Sink, errors: Sink): Promise<number> => {
  if (args.includes('--help') || args.includes('-h')) {
    out.write(usage)
    return 0
  }
  const request = requestOf(args)
  if (typeof request === 'string') {
    errors.write(`${request}\n\`npm run simulate -- --help\` lists the options\n`)
    return misused
  }
  if (request.kept !== undefined) return replayCase(request.kept, out)
  return (request.options.exhaustive ? simulateExhaustively : simulateRandomly)(request.options, out, errors)
}
