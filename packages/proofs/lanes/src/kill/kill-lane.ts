import type { Claim } from '../stage/claim.ts'
import { openStage, type Stage } from '../stage/open-stage.ts'
import { makeServiceCaller, type ServiceCaller } from '../stage/service-caller.ts'
import type { ServiceProcess } from '../stage/service-process.ts'
import { collectFacts } from './collect-facts.ts'
import type { Facts } from './facts.ts'
import { invariants } from './invariants.ts'
import type { KillOptions } from './kill-options.ts'
import { type LedgerDatabase, openLedgerDatabase } from './ledger-database.ts'
import { type Fleet, type RoundsResult, runRounds } from './run-rounds.ts'
import { makeSeededRandom } from './seeded-random.ts'
import { settle } from './settle.ts'
import { addStrangers } from './strangers.ts'
import { makeTraffic, type Traffic } from './traffic.ts'

export interface LaneReport {
  readonly claims: ReadonlyArray<Claim>
  readonly summary: string
}

/** Short enough for recovery to be quick, long enough for calls to end 5 s before their lease. */
const times = { leaseSeconds: 8, callSeconds: 1, landingWindowSeconds: 2, recoverySeconds: 1 }
const registryCount = 3

const metricsOf = async ({ metricsUrl }: ServiceProcess): Promise<string> =>
  (await fetch(`${metricsUrl}/metrics`)).text()

/** Faults end, and what hung is let go: it has acted already and takes no effect any more. */
const calm = async ({ quay, rhit }: Stage): Promise<void> => {
  quay.faults.clear()
  rhit.faults.clear()
  await Promise.all([quay.faults.release(), rhit.faults.release()])
}

const askOnceMore = async (traffic: Traffic): Promise<void> => {
  const clusterIds = new Set(traffic.records().map(({ clusterId }) => clusterId))
  clusterIds.forEach((clusterId) => traffic.send({ clusterId, kind: 'get', delayMilliseconds: 0, retries: 0 }))
  await traffic.done()
}

const wasReal = (facts: Facts, { kills, killsUnderLoad }: RoundsResult): Claim => {
  const served = facts.calls.filter(({ handed }) => handed.length > 0).length
  const deleted = facts.calls.filter(
    ({ kind, status }) => kind === 'delete' && (status === 202 || status === 204),
  ).length
  const work = `${served} pull secrets served, ${deleted} deletions answered`
  return {
    name: `the work was real: ${kills} kills, ${killsUnderLoad} of them with calls open, ${work}`,
    broken: [
      ...(killsUnderLoad * 2 < kills ? ['most kills struck an idle process'] : []),
      ...(served < kills ? ['fewer pull secrets were served than processes killed'] : []),
      ...(deleted === 0 ? ['no deletion was ever answered'] : []),
    ],
  }
}

const summaryOf = ({ calls, credentials, clusters, audit }: Facts, settledAfterSeconds: number): string => {
  const states = [...Map.groupBy(credentials, ({ state }) => state)]
    .map(([state, rows]) => `${rows.length} ${state}`)
    .join(', ')
  return [
    `${calls.length} calls, ${clusters.length} clusters, ${credentials.length} credentials (${states})`,
    `${audit.length} audit records; settled after ${settledAfterSeconds.toFixed(0)} s`,
  ].join(', ')
}

interface Opened {
  readonly stage: Stage
  readonly database: LedgerDatabase
  readonly onRound: (line: string) => void
}

const prove = async ({ stage, database, onRound }: Opened, { rounds, seed }: KillOptions): Promise<LaneReport> => {
  const fleet: Fleet = { running: [] }
  const random = makeSeededRandom(seed)
  const addresses = makeSeededRandom(seed + 1)
  const call: ServiceCaller = makeServiceCaller(stage.folder)
  const traffic = makeTraffic({
    call,
    address: () =>
      fleet.running[addresses.between(0, Math.max(0, fleet.running.length - 1))]?.url ?? 'http://127.0.0.1:9',
  })
  const strangers = addStrangers(stage)
  const result = await runRounds({ stage, fleet, traffic, database, random, onRound }, rounds)
  await calm(stage)
  const last = await stage.startService()
  fleet.running = [...fleet.running, last]
  await traffic.done()
  const settledAfterSeconds = await settle({ database, call, url: last.url, registryCount })
  await askOnceMore(traffic)
  const metrics = (await Promise.all(fleet.running.map(metricsOf))).join('\n')
  const exitCodes = await Promise.all(fleet.running.map((service) => service.stop()))
  const facts = await collectFacts({ stage, database, traffic, strangers, metrics, doubleRows: result.doubleRows })
  return {
    claims: [
      ...invariants.map(({ name, broken }) => ({ name, broken: broken(facts) })),
      wasReal(facts, result),
      {
        name: 'the service stops in order when asked',
        broken: exitCodes.filter((code) => code !== 0).map((code) => `a process ended with ${String(code)}`),
      },
    ],
    summary: summaryOf(facts, settledAfterSeconds),
  }
}

/** Kills the service at random moments of its work, lets it recover, and holds what is left against the invariants. */
export const runKillLane = async (options: KillOptions, onRound: (line: string) => void): Promise<LaneReport> => {
  const stage = await openStage({ times })
  const report = await openLedgerDatabase(stage.databaseUrl)
    .then((database) => prove({ stage, database, onRound }, options).finally(() => database.close()))
    .catch(async (error: unknown) => {
      await stage.close()
      throw error
    })
  return { ...report, claims: [...report.claims, { name: 'nothing is left behind', broken: await stage.close() }] }
}
