import { setTimeout as sleep } from 'node:timers/promises'
import { orphansIn } from '../kill/i1-no-orphan.ts'
import { openLedgerDatabase } from '../kill/ledger-database.ts'
import { acceptedEntries, keyOf, objectsAtVendors } from '../kill/vendor-facts.ts'
import type { Stage } from '../stage/open-stage.ts'
import { documentEntries } from '../stage/pull-secret-answer.ts'
import { type Adapter, makeAdapter } from './adapter.ts'
import { makeBalance } from './balance.ts'
import type { Measured } from './figures.ts'
import { type Fleet, startFleet } from './fleet.ts'
import type { Call } from './journal.ts'
import { type Load, startLoad } from './load.ts'
import { type Deployment, openDeployment, registryIds } from './open-deployment.ts'
import type { Disturbance } from './recovery.ts'
import type { Mode } from './rehearse-options.ts'
import { replicaCount, type Sizes } from './sizes.ts'
import type { Facts } from './verdict.ts'

export type Outcome = Facts & Measured & Pick<Deployment, 'lacksPooler'> & { readonly loadSeconds: number }

const callSeconds = 90
const settleSeconds = 180
const settlePauseMilliseconds = 500

const now = (): number => performance.now()

/** One thing to do to a deployment; it says when it begins, if that is later. */
type Strike = (begins: () => void) => Promise<void>

/** What is done to the deployment, one after the other. */
const plan = (
  fleet: Fleet,
  stage: Stage,
  { databaseAwaySeconds }: Sizes,
): ReadonlyArray<readonly [name: string, strike: Strike]> => [
  ['SIGKILL of a replica', fleet.killOne],
  ['SIGTERM of a replica', fleet.restartOne],
  [`crash of the database, ${String(databaseAwaySeconds)} s away`, () => stage.restartDatabase(databaseAwaySeconds)],
  // The same build: a setting stands for the new version.
  ['roll of all replicas', () => fleet.roll({ HYPERFLEET_SERVER_SHUTDOWN_SECONDS: '21' })],
]

interface Logins {
  readonly count: () => number
  readonly refused: () => ReadonlyArray<string>
  readonly logIn: (dockerconfigjson: string) => Promise<void>
}

const makeLogins = (stage: Stage): Logins => {
  const refused: Array<string> = []
  let count = 0
  return {
    count: () => count,
    refused: () => refused,
    logIn: async (dockerconfigjson) => {
      const entries = documentEntries(dockerconfigjson)
      const accepted = await acceptedEntries(stage, entries)
      count += new Set(entries.map(keyOf)).size
      refused.push(
        ...entries
          .filter((entry) => !accepted.has(keyOf(entry)))
          .map(({ host, username }) => `${username} of a live cluster is refused at ${host}`),
      )
    },
  }
}

/** What the vendors hold and what the ledger says, once nothing is left to do or patience has ended. */
const judge = async (
  stage: Stage,
): Promise<Pick<Facts, 'objects' | 'orphans' | 'unsettled' | 'settledAfterSeconds'>> => {
  const beganAt = now()
  const database = await openLedgerDatabase(stage.databaseUrl)
  try {
    const passed = (): number => (now() - beganAt) / 1000
    let unsettled = await database.unfinished(registryIds.length)
    while (unsettled > 0 && passed() < settleSeconds) {
      await sleep(settlePauseMilliseconds)
      unsettled = await database.unfinished(registryIds.length)
    }
    const settledAfterSeconds = passed()
    const objects = objectsAtVendors(stage)
    const orphans = orphansIn({ objects, credentials: await database.credentials() })
    return { objects: objects.length, orphans, unsettled, settledAfterSeconds }
  } finally {
    await database.close()
  }
}

interface Running {
  readonly fleet: Fleet
  readonly load: Load
}

const disturb = async (
  { fleet, load }: Running,
  stage: Stage,
  { sizes, say }: { readonly sizes: Sizes; readonly say: (line: string) => void },
): Promise<ReadonlyArray<Disturbance>> => {
  const disturbances: Array<Disturbance> = []
  const calm = (): Promise<void> => sleep(sizes.calmSeconds * 1000)
  await calm()
  for (const [name, strike] of plan(fleet, stage, sizes)) {
    say(name)
    let beganAt = now()
    await strike(() => {
      beganAt = now()
    })
    await fleet.untilReady()
    disturbances.push({ name, beganAt, readyAt: now() })
    await calm()
  }
  say('the load ends')
  await load.stop()
  return disturbances
}

const play = async (
  deployment: Deployment,
  sizes: Sizes,
  say: (line: string) => void,
): Promise<Omit<Outcome, 'leftBehind'>> => {
  const { stage, adapterTokens, lacksPooler } = deployment
  const balance = makeBalance(now)
  const calls: Array<Call> = []
  say(`starting ${String(replicaCount)} replicas`)
  const fleet = await startFleet(deployment, balance)
  const adapters: ReadonlyArray<Adapter> = adapterTokens.map((token) =>
    makeAdapter({ token, balance, now, note: (call) => calls.push(call), patienceSeconds: callSeconds }),
  )
  const logins = makeLogins(stage)
  say('the load begins')
  const beganAt = now()
  const load = startLoad({ adapters, sizes, logIn: logins.logIn })
  const disturbances = await disturb({ fleet, load }, stage, { sizes, say }).catch(async (error: unknown) => {
    await load.stop()
    throw error
  })
  const loadSeconds = (now() - beganAt) / 1000
  say('waiting until nothing is unsettled')
  const settled = await judge(stage)
  for (const document of load.documents()) await logins.logIn(document)
  await fleet.stop()
  await Promise.all(adapters.map((adapter) => adapter.close()))
  await balance.close()
  return {
    ...settled,
    calls,
    attempts: balance.attempts(),
    disturbances,
    unchanged: load.unchanged(),
    logins: logins.count(),
    refused: logins.refused(),
    exitCodes: fleet.exitCodes(),
    lacksPooler,
    loadSeconds,
  }
}

/** Plays a deployment's worst day and returns what is known of it. */
export const rehearse = async (mode: Mode, sizes: Sizes, say: (line: string) => void): Promise<Outcome> => {
  const deployment = await openDeployment(mode)
  const played = await play(deployment, sizes, say).catch(async (error: unknown) => {
    await deployment.close()
    throw error
  })
  return { ...played, leftBehind: await deployment.close() }
}
