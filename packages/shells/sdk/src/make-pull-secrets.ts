import { checkNumber, checkObject } from './check-options.ts'
import { callNames, checkCallOptions, type Client, type Names } from './client.ts'
import { checkClusterId } from './cluster-id-form.ts'
import type { PullSecret } from './pull-secret.ts'
import type { CallOptions, DeleteOptions, GenerateOptions, PullSecrets, WatchOptions } from './pull-secrets.ts'
import { deletionOf, pullSecretOf } from './read-answers.ts'
import type { Sleep } from './wait.ts'
import { watch } from './watch.ts'

export interface PullSecretsDeps {
  readonly client: Client
  readonly sleep: Sleep
}

const generateNames: Names<GenerateOptions> = {
  ...callNames,
  externalId: true,
  cloudProvider: true,
  region: true,
  registries: true,
  recreate: true,
}
const deleteNames: Names<DeleteOptions> = { ...callNames, incarnation: true }
const watchNames: Names<WatchOptions> = { ...callNames, everySeconds: true }

/** The public interface, over a remote or an embedded service. */
export const makePullSecrets = ({ client, sleep }: PullSecretsDeps): PullSecrets => {
  const { operations, signalOf } = client

  const call = async <A, Options extends CallOptions>(
    clusterId: string,
    options: Options,
    names: Names<Options>,
    operation: (signal: AbortSignal) => Promise<A>,
  ): Promise<A> => {
    checkCallOptions(options, names)
    const signal = signalOf(options)
    signal.throwIfAborted()
    checkClusterId({ cluster_id: clusterId })
    return operation(signal)
  }

  const retrieval = (clusterId: string) => ({
    parameters: { cluster_id: clusterId },
    query: { include_metadata: true },
  })

  const poll = (clusterId: string, known: PullSecret | undefined, signal: AbortSignal) =>
    call(clusterId, { signal }, callNames, async () => {
      const options = { signal, knownEtag: known?.etag }
      const retrieved = await operations.revalidate('retrievePullSecret', retrieval(clusterId), options)
      return retrieved === undefined ? undefined : pullSecretOf(retrieved.body, retrieved.etag)
    })

  return {
    generate: (clusterId, options = {}) =>
      call(clusterId, options, generateNames, async (signal) => {
        const { externalId, cloudProvider, region, registries, recreate } = options
        const body = {
          cluster_external_id: externalId,
          cloud_provider: cloudProvider,
          region,
          registries,
          recreate,
          on_rotation: 'return_current' as const,
        }
        const parameters = { cluster_id: clusterId }
        return pullSecretOf((await operations.perform('generatePullSecret', { parameters, body }, { signal })).body)
      }),
    get: (clusterId, options = {}) =>
      call(clusterId, options, callNames, async (signal) => {
        const { body, etag } = await operations.perform('retrievePullSecret', retrieval(clusterId), { signal })
        return pullSecretOf(body, etag)
      }),
    delete: (clusterId, options = {}) =>
      call(clusterId, options, deleteNames, async (signal) => {
        const { incarnation } = options
        const request = { parameters: { cluster_id: clusterId }, query: { incarnation } }
        return deletionOf((await operations.perform('deletePullSecret', request, { signal })).body)
      }),
    verify: (clusterId, held, options = {}) =>
      call(clusterId, options, callNames, async (signal) => {
        checkObject('held', held)
        const { fingerprint, hosts } = held
        const request = { parameters: { cluster_id: clusterId }, body: { fingerprint, hosts } }
        return (await operations.perform('verifyPullSecret', request, { signal })).body
      }),
    watch: (clusterId, options = {}) => {
      checkCallOptions(options, watchNames)
      const { everySeconds = 60 } = options
      checkNumber('everySeconds', everySeconds, { minimum: 1, maximum: 86_400 })
      return watch({
        poll: (known, signal) => poll(clusterId, known, signal),
        everyMilliseconds: everySeconds * 1000,
        sleep,
        signal: signalOf(options),
      })
    },
    close: client.close,
  }
}
