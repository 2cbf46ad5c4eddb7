import { setTimeout as sleep } from 'node:timers/promises'
import type { Stage } from '../stage/open-stage.ts'
import type { ServiceProcess } from '../stage/service-process.ts'
import type { LedgerDatabase } from './ledger-database.ts'
import { planRound, type RoundPlan } from './plan-round.ts'
import type { SeededRandom } from './seeded-random.ts'
import type { Traffic } from './traffic.ts'

/** The processes of the service that run at the moment. */
export interface Fleet {
  running: ReadonlyArray<ServiceProcess>
}

export interface RoundDeps {
  readonly stage: Stage
  readonly fleet: Fleet
  readonly traffic: Traffic
  readonly database: LedgerDatabase
  readonly random: SeededRandom
  /** Told one line after each round. */
  readonly onRound: (line: string) => void
}

export interface RoundsResult {
  readonly kills: number
  /** Kills that struck while at least one call waited for its answer. */
  readonly killsUnderLoad: number
  readonly doubleRows: ReadonlyArray<string>
}

const bringUp = async ({ stage, fleet }: RoundDeps, replicas: number): Promise<void> => {
  while (fleet.running.length < replicas) fleet.running = [...fleet.running, await stage.startService()]
}

const disturb = ({ stage }: RoundDeps, { faults }: RoundPlan): void =>
  faults.forEach(({ vendor, rule }) => stage[vendor].faults.add(rule))

const killOne = async ({ fleet, random, traffic }: RoundDeps): Promise<number> => {
  const [first, ...others] = fleet.running
  if (first === undefined) throw new Error('no process is running that could be killed')
  const victim = random.oneOf([first, ...others])
  if (!victim.isRunning()) throw new Error('a process of the service ended by itself')
  const open = traffic.open()
  fleet.running = fleet.running.filter((service) => service !== victim)
  await victim.kill()
  return open
}

/** Works, kills at the planned moment, and begins anew on what is left. */
export const runRounds = async (deps: RoundDeps, rounds: number): Promise<RoundsResult> => {
  const { traffic, database, random, onRound } = deps
  const old: Array<string> = []
  const doubleRows = new Set<string>()
  let killsUnderLoad = 0
  for (let round = 1; round <= rounds; round += 1) {
    const plan = planRound(random, round, old)
    await bringUp(deps, plan.replicas)
    disturb(deps, plan)
    plan.calls.forEach(traffic.send)
    await sleep(plan.killAfterMilliseconds)
    const open = await killOne(deps)
    killsUnderLoad += open > 0 ? 1 : 0
    ;(await database.doubleRows()).forEach((sentence) => doubleRows.add(sentence))
    old.push(...new Set(plan.calls.map(({ clusterId }) => clusterId).filter((clusterId) => !old.includes(clusterId))))
    const circumstances = `${open} calls open, ${plan.replicas} replicas, ${plan.faults.length} faults`
    onRound(`round ${round} of ${rounds}: killed after ${plan.killAfterMilliseconds} ms with ${circumstances}`)
  }
  return { kills: rounds, killsUnderLoad, doubleRows: [...doubleRows] }
}
