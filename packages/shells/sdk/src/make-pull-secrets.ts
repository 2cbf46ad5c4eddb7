import { PullSecretError } from './pull-secret-error.ts'
import type { CallOptions, PullSecrets } from './pull-secrets.ts'
import { deletionOf, pullSecretOf } from './read-answers.ts'
import type { Service } from './service.ts'
import type { Sleep } from './wait.ts'
import { watch } from './watch.ts'

export interface PullSecretsDeps {
  readonly service: Service
  readonly sleep: Sleep
}

/** `.` and `..` would name another path. */
const clusterIdForm = /^(?!\.{1,2}$)[\x21-\x7e]{1,64}$/

const refusedClusterId = (): PullSecretError =>
  new PullSecretError('INVALID_REQUEST', 'A cluster id is 1 to 64 printable characters without spaces', {
    details: { field: 'cluster_id' },
  })

/** The one interface, over a service wherever it runs. */
export const makePullSecrets = ({ service, sleep }: PullSecretsDeps): PullSecrets => {
  const closing = new AbortController()
  const signalOf = ({ signal }: CallOptions): AbortSignal =>
    signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal])

  const call = async <A>(
    clusterId: string,
    options: CallOptions,
    operation: (signal: AbortSignal) => Promise<A>,
  ): Promise<A> => {
    const signal = signalOf(options)
    signal.throwIfAborted()
    if (!clusterIdForm.test(clusterId)) throw refusedClusterId()
    return operation(signal)
  }

  const get = (clusterId: string, knownEtag: string | undefined, options: CallOptions) =>
    call(clusterId, options, async (signal) => {
      const retrieved = await service.retrieve(clusterId, knownEtag, signal)
      return retrieved === undefined ? undefined : pullSecretOf(retrieved.body, retrieved.etag)
    })

  return {
    generate: (clusterId, options = {}) =>
      call(clusterId, options, async (signal) => {
        const { externalId, cloudProvider, region, registries, recreate } = options
        const body = {
          cluster_external_id: externalId,
          cloud_provider: cloudProvider,
          region,
          registries,
          recreate,
          on_rotation: 'return_current' as const,
        }
        return pullSecretOf(await service.generate(clusterId, body, signal))
      }),
    get: async (clusterId, options = {}) => {
      const found = await get(clusterId, undefined, options)
      if (found === undefined)
        throw new PullSecretError('UNEXPECTED_ANSWER', 'The service says that nothing changed, and was not asked')
      return found
    },
    delete: (clusterId, options = {}) =>
      call(clusterId, options, async (signal) =>
        deletionOf(await service.remove(clusterId, options.incarnation, signal)),
      ),
    verify: (clusterId, { fingerprint, hosts }, options = {}) =>
      call(clusterId, options, (signal) => service.verify(clusterId, { fingerprint, hosts }, signal)),
    watch: (clusterId, options = {}) =>
      watch({
        look: (known, signal) => get(clusterId, known?.etag, { signal }),
        everyMilliseconds: (options.everySeconds ?? 60) * 1000,
        sleep,
        signal: signalOf(options),
      }),
    close: async () => {
      if (closing.signal.aborted) return
      closing.abort(new PullSecretError('CLOSED', 'These pull secrets are closed'))
      await service.close()
    },
  }
}
