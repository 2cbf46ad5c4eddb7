import { closingLine, complaintsOf } from '@pull-secret/workbench'
import { describeClaim, holds } from '../stage/claim.ts'
import { type LaneReport, runKillLane } from './kill-lane.ts'
import { type KillOptions, parseKillOptions } from './kill-options.ts'

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const conclude = ({ claims, summary }: LaneReport, { rounds, seed }: KillOptions): number => {
  claims.flatMap(describeClaim).forEach(say)
  say(summary)
  const failed = claims.filter((claim) => !holds(claim)).length
  if (failed > 0) say(`to repeat it with the same random draws: npm run test:kill -- --rounds ${rounds} --seed ${seed}`)
  say(closingLine({ passed: claims.length - failed, failed, skipped: 0 }))
  return failed === 0 ? 0 : 1
}

const closeUnrun = (sentences: ReadonlyArray<string>): number => {
  sentences.forEach(say)
  say(closingLine({ passed: 0, failed: 1, skipped: 0 }))
  return 1
}

/** Builds what it kills, kills it, and returns the exit code. */
export const runKill = async (args: ReadonlyArray<string>): Promise<number> => {
  const unbuilt = complaintsOf('typescript/bin/tsc', '-b', 'packages')
  if (unbuilt.length > 0) return closeUnrun(['The build failed, so there is nothing to start:', ...unbuilt])
  const options = parseKillOptions(args)
  const onRound = process.stdout.isTTY ? say : () => undefined
  try {
    return conclude(await runKillLane(options, onRound), options)
  } catch (error) {
    return closeUnrun([
      error instanceof Error ? (error.stack ?? error.message) : String(error),
      `rounds ${options.rounds}, seed ${options.seed}`,
    ])
  }
}
