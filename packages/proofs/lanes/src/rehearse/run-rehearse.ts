import { closingLine, complaintsOf } from '@pull-secret/workbench'
import { describeResult, meetsTarget } from '../bench/figure.ts'
import { describeClaim, holds } from '../stage/claim.ts'
import { endOnSignal } from '../stage/end-on-signal.ts'
import { answerFigure, describeMeasured } from './figures.ts'
import { type Outcome, rehearse } from './rehearse.ts'
import { type Mode, parseRehearseOptions, type RehearseOptions } from './rehearse-options.ts'
import { adapterCount, full, quick, replicaCount, roundTripMilliseconds } from './sizes.ts'
import { claimsOf } from './verdict.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const places: Readonly<Record<Mode, string>> = {
  'per-instance': 'all beside the database',
  global: `one of them ${String(roundTripMilliseconds)} ms away from the database`,
}

const describeSetting = (mode: Mode, { lacksPooler, loadSeconds }: Outcome): string => {
  const pooler = lacksPooler === undefined ? 'through PgBouncer in transaction mode' : 'without PgBouncer'
  const replicas = `${mode}: ${String(replicaCount)} replicas, ${places[mode]}, ${pooler}`
  return `${replicas}; ${String(adapterCount)} adapters for ${loadSeconds.toFixed(0)} s`
}

const conclude = (outcome: Outcome, mode: Mode): number => {
  const claims = claimsOf(outcome)
  const figure = answerFigure(outcome, mode)
  say(describeSetting(mode, outcome))
  claims.flatMap(describeClaim).forEach(say)
  say(describeResult(figure))
  describeMeasured(outcome).forEach(say)
  if (!meetsTarget(figure)) say('below target: times depend on the machine and what else it does, so they fail nothing')
  if (outcome.lacksPooler !== undefined) say(`without PgBouncer: ${outcome.lacksPooler}`)
  const failed = claims.filter((claim) => !holds(claim)).length
  const passed = claims.length - failed + (meetsTarget(figure) ? 1 : 0)
  say(closingLine({ passed, failed, skipped: outcome.lacksPooler === undefined ? 0 : 1 }))
  return failed === 0 ? 0 : 1
}

const closeUnrun = (sentences: ReadonlyArray<string>): number => {
  sentences.forEach(say)
  say(closingLine({ passed: 0, failed: 1, skipped: 0 }))
  return 1
}

const optionsOf = (args: ReadonlyArray<string>): RehearseOptions | string => {
  try {
    return parseRehearseOptions(args)
  } catch (error) {
    return (error as Error).message
  }
}

/** Builds what it starts, rehearses a deployment, and returns the exit code. */
export const runRehearse = async (args: ReadonlyArray<string>): Promise<number> => {
  const options = optionsOf(args)
  if (typeof options === 'string') return closeUnrun([options])
  const unbuilt = complaintsOf('typescript/bin/tsc', '-b', 'packages')
  if (unbuilt.length > 0) return closeUnrun(['The build failed, so there is nothing to start:', ...unbuilt])
  endOnSignal()
  const beganAt = performance.now()
  const tell = (line: string): void =>
    say(`${((performance.now() - beganAt) / 1000).toFixed(0).padStart(4)} s  ${line}`)
  const { mode, isQuick } = options
  try {
    return conclude(await rehearse(mode, isQuick ? quick : full, process.stdout.isTTY ? tell : () => undefined), mode)
  } catch (error) {
    return closeUnrun([error instanceof Error ? (error.stack ?? error.message) : String(error)])
  }
}
