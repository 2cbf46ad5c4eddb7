import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../stage/until.ts'
import type { Balance, Replica } from './balance.ts'
import type { Deployment } from './open-deployment.ts'
import { replicaCount } from './sizes.ts'

/** The replicas of a deployment, as somebody who operates it treats them. */
export interface Fleet {
  /** SIGKILL for a replica, best one that a first generate is under way at; then starts it again. */
  readonly killOne: (begins: () => void) => Promise<void>
  /** SIGTERM for such a replica, as when its node is drained; then starts it again. */
  readonly restartOne: (begins: () => void) => Promise<void>
  /** Replaces one replica after the other by one with other settings, which is ready before the old one goes. */
  readonly roll: (settings: Readonly<Record<string, string>>) => Promise<void>
  readonly untilReady: () => Promise<void>
  /** SIGTERM for all. */
  readonly stop: () => Promise<void>
  /** How processes ended that were asked to. */
  readonly exitCodes: () => ReadonlyArray<number | undefined>
}

/** What Kubernetes takes to notice that a container has ended. */
const noticeSeconds = 1
/**
 * From a replica's leaving the rotation to its SIGTERM. The chart waits for longer; here requests shall be under way
 * when the signal comes.
 */
const drainSeconds = 0.2
const readySeconds = 60
/** New clusters come every few seconds, unless adapters wait for vendors. */
const generateSeconds = 5

const isReady = ({ service }: Replica): Promise<boolean> =>
  fetch(`${service.url}/readyz`).then(
    async (answer) => {
      await answer.arrayBuffer()
      return answer.ok
    },
    () => false,
  )

export const startFleet = async ({ startReplica, isFar }: Deployment, balance: Balance): Promise<Fleet> => {
  const replicas: Array<Replica> = []
  const exitCodes: Array<number | undefined> = []

  const start = async (place: number, settings?: Readonly<Record<string, string>>): Promise<void> => {
    const service = await startReplica(place, settings)
    const name = `replica ${String(place + 1)}`
    const replica: Replica = { name, isFar: isFar(place), service, isKilled: false }
    replicas[place] = replica
    balance.enter(replica)
  }

  const inPlace = (place: number): Replica => {
    const replica = replicas[place]
    if (replica === undefined) throw new Error('no replica is there')
    return replica
  }

  const stop = async (replica: Replica): Promise<void> => {
    balance.leave(replica)
    await sleep(drainSeconds * 1000)
    exitCodes.push(await replica.service.stop())
  }

  const busy = async (): Promise<Replica> => {
    const generating = () => balance.busyWith('generate')
    await until(
      () => generating().length > 0,
      generateSeconds,
      () => 'every adapter waits for a vendor',
    ).catch(() => undefined)
    return generating()[0] ?? inPlace(0)
  }

  // The first one migrates. It is near: from far away each statement of a migration takes its round trip.
  await start(0)
  await Promise.all(Array.from({ length: replicaCount - 1 }, (_, index) => start(index + 1)))

  return {
    killOne: async (begins) => {
      const victim = await busy()
      begins()
      victim.isKilled = true
      await victim.service.kill()
      await sleep(noticeSeconds * 1000)
      balance.leave(victim)
      await start(replicas.indexOf(victim))
    },
    restartOne: async (begins) => {
      const chosen = await busy()
      begins()
      await stop(chosen)
      await start(replicas.indexOf(chosen))
    },
    roll: async (settings) => {
      for (let place = 0; place < replicaCount; place += 1) {
        const old = inPlace(place)
        await start(place, settings)
        await stop(old)
      }
    },
    untilReady: () =>
      until(
        async () => (await Promise.all(replicas.map(isReady))).every(Boolean),
        readySeconds,
        () => 'the replicas did not become ready again',
      ),
    stop: async () => {
      await Promise.all(replicas.map(stop))
    },
    exitCodes: () => exitCodes,
  }
}
