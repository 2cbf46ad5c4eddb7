import { setTimeout as sleep } from 'node:timers/promises'
import { makeSeededRandom } from '../kill/seeded-random.ts'
import type { Adapter } from './adapter.ts'
import { readersPerAdapter, readPauseMilliseconds, type Sizes } from './sizes.ts'

/** A cluster whose pull secret an adapter holds. */
interface Cluster {
  readonly id: string
  readonly dockerconfigjson: string
  readonly fingerprint: string
  etag?: string
  /** Its deletion has been asked for. */
  isLeaving: boolean
}

export interface LoadDeps {
  readonly adapters: ReadonlyArray<Adapter>
  readonly sizes: Sizes
  /** Logs in at the vendors with what a document holds, as a node of the cluster does. */
  readonly logIn: (dockerconfigjson: string) => Promise<void>
}

/** Adapters that go on until they are told to stop. */
export interface Load {
  /** Resolves when the last call has ended. */
  readonly stop: () => Promise<void>
  /** The documents of all clusters that live. */
  readonly documents: () => ReadonlyArray<string>
  /** How many reads found that nothing had changed. */
  readonly unchanged: () => number
}

const generation = { cloud_provider: 'gcp', region: 'us-east1' }
const goneCodes = ['NOT_FOUND', 'CLUSTER_DELETING', 'CLUSTER_DELETED']

export const startLoad = ({ adapters, sizes: { newClusterSeconds, keptClusters }, logIn }: LoadDeps): Load => {
  const random = makeSeededRandom(1)
  const all: Array<Cluster> = []
  const stopping = new AbortController()
  let unchanged = 0

  const pause = (milliseconds: number): Promise<void> =>
    sleep(milliseconds * (0.5 + random.fraction()), undefined, { signal: stopping.signal }).catch(() => undefined)

  const create = async ({ ask }: Adapter, id: string): Promise<Cluster | undefined> => {
    const answer = await ask({
      kind: 'generate',
      perform: (operations, options) =>
        operations.perform('generatePullSecret', { parameters: { cluster_id: id }, body: generation }, options),
    })
    if (answer === undefined) return undefined
    const { dockerconfigjson, fingerprint } = answer.body
    await logIn(dockerconfigjson)
    const cluster: Cluster = { id, dockerconfigjson, fingerprint, isLeaving: false }
    all.push(cluster)
    return cluster
  }

  const remove = async ({ ask }: Adapter, cluster: Cluster): Promise<void> => {
    await logIn(cluster.dockerconfigjson)
    cluster.isLeaving = true
    const parameters = { cluster_id: cluster.id }
    await ask({
      kind: 'delete',
      perform: (operations, options) => operations.perform('deletePullSecret', { parameters }, options),
    })
    await ask({
      kind: 'get',
      perform: (operations, options) => operations.perform('retrievePullSecret', { parameters }, options),
      complaint: () => 'a deleted cluster was answered with its pull secret',
      mayBeRefused: (code) => code === 'NOT_FOUND',
    })
  }

  const readOnce = async ({ ask }: Adapter, cluster: Cluster): Promise<void> => {
    const parameters = { cluster_id: cluster.id }
    const mayBeRefused = (code: string): boolean => cluster.isLeaving && goneCodes.includes(code)
    const isOther = (fingerprint: string): string | undefined =>
      fingerprint === cluster.fingerprint ? undefined : 'the document of a cluster changed'
    const draw = random.fraction()
    if (draw < 0.6) {
      const read = await ask({
        kind: 'get',
        perform: async (operations, options) => {
          const knownEtag = cluster.etag
          return { found: await operations.revalidate('retrievePullSecret', { parameters }, { ...options, knownEtag }) }
        },
        complaint: ({ found }) => found && isOther(found.body.fingerprint),
        mayBeRefused,
      })
      if (read?.found !== undefined) cluster.etag = read.found.etag
      else if (read !== undefined) unchanged += 1
    } else if (draw < 0.85) {
      const { fingerprint } = cluster
      await ask({
        kind: 'verify',
        perform: (operations, options) =>
          operations.perform('verifyPullSecret', { parameters, body: { fingerprint } }, options),
        complaint: ({ body }) => (body.matches ? undefined : 'a document that was handed out does not match'),
        mayBeRefused,
      })
    } else {
      await ask({
        kind: 'regenerate',
        perform: (operations, options) =>
          operations.perform('generatePullSecret', { parameters, body: generation }, options),
        complaint: ({ body }) => isOther(body.fingerprint),
        mayBeRefused,
      })
    }
  }

  const work = async (adapter: Adapter, name: number): Promise<void> => {
    const own: Array<Cluster> = []

    const manage = async (): Promise<void> => {
      // Adapters do not begin in step.
      await pause((newClusterSeconds * 1000 * name) / adapters.length)
      for (let count = 0; !stopping.signal.aborted; count += 1) {
        const cluster = await create(adapter, `cls-rehearsal${String(name)}n${String(count).padStart(4, '0')}`)
        if (cluster !== undefined) own.push(cluster)
        await pause(newClusterSeconds * 1000)
        const oldest = own.length > keptClusters ? own.shift() : undefined
        if (oldest !== undefined) await remove(adapter, oldest)
      }
    }

    const read = async (): Promise<void> => {
      while (!stopping.signal.aborted) {
        const [first, ...others] = own
        if (first !== undefined) await readOnce(adapter, random.oneOf([first, ...others]))
        await pause(readPauseMilliseconds)
      }
    }

    await Promise.all([manage(), ...Array.from({ length: readersPerAdapter }, read)])
  }

  const done = Promise.all(adapters.map(work))
  // A worker that fails is told by stop().
  done.catch(() => undefined)

  return {
    stop: async () => {
      stopping.abort()
      await done
    },
    documents: () => all.filter(({ isLeaving }) => !isLeaving).map(({ dockerconfigjson }) => dockerconfigjson),
    unchanged: () => unchanged,
  }
}
