import { checkDate, checkNumber, checkOptions } from './check-options.ts'
import { callNames, checkCallOptions, type Client, type Names } from './client.ts'
import { checkClusterId } from './cluster-id-form.ts'
import type { AuditFilter, BanRequest, ClustersFilter, Listing, ListOptions, Operator, Page } from './operator.ts'
import type { CallOptions } from './pull-secrets.ts'
import { banOf } from './read-answers.ts'
import { auditRecordOf, listedClusterOf, replicaOf, stuckCredentialOf } from './read-lists.ts'

const listNames: Names<ListOptions> = { ...callNames, limit: true }
const clustersNames: Names<ClustersFilter> = {
  ...listNames,
  state: true,
  cloudProvider: true,
  region: true,
  registryId: true,
  createdBefore: true,
}
const auditNames: Names<AuditFilter> = {
  ...listNames,
  clusterId: true,
  subject: true,
  action: true,
  from: true,
  until: true,
}

const banNames: Names<BanRequest> = { reason: true }

const checkListOptions = <Options extends ListOptions>(options: Options, names: Names<Options>): void => {
  checkCallOptions(options, names)
  checkNumber('limit', options.limit, { minimum: 1, maximum: 100, isWhole: true })
}

interface PageDeps {
  readonly signal: AbortSignal
  readonly cursor: string | undefined
}

const pageOf = <Body, Item>(
  bodies: ReadonlyArray<Body>,
  read: (body: Body) => Item,
  nextCursor: string | null,
): Page<Item> => ({ items: bodies.map(read), nextCursor: nextCursor ?? undefined })

/** The public interface, over a remote or an embedded service. */
export const makeOperator = ({ operations, signalOf, close }: Client): Operator => {
  const listing = <Item>(options: ListOptions, fetchPage: (deps: PageDeps) => Promise<Page<Item>>): Listing<Item> => {
    const signal = signalOf(options)
    const page = async (cursor?: string): Promise<Page<Item>> => {
      signal.throwIfAborted()
      return fetchPage({ signal, cursor })
    }
    return {
      page,
      async *[Symbol.asyncIterator]() {
        let cursor: string | undefined
        do {
          const { items, nextCursor } = await page(cursor)
          for (const item of items) {
            signal.throwIfAborted()
            yield item
          }
          cursor = nextCursor
        } while (cursor !== undefined)
      },
    }
  }

  /** What goes for every call about one cluster. */
  const callFor = (clusterId: string, options: CallOptions) => {
    checkCallOptions(options, callNames)
    const signal = signalOf(options)
    signal.throwIfAborted()
    const parameters = { cluster_id: clusterId }
    checkClusterId(parameters)
    return { parameters, signal }
  }

  return {
    clusters: (filter = {}) => {
      checkListOptions(filter, clustersNames)
      const { state, cloudProvider, region, registryId, createdBefore, limit } = filter
      checkDate('createdBefore', createdBefore)
      const wanted = {
        state,
        cloud_provider: cloudProvider,
        region,
        registry_id: registryId,
        created_before: createdBefore?.toISOString(),
        limit,
      }
      return listing(filter, async ({ signal, cursor }) => {
        const request = { parameters: {}, query: { ...wanted, cursor } }
        const { body } = await operations.perform('listClusters', request, { signal })
        return pageOf(body.clusters, listedClusterOf, body.next_cursor)
      })
    },
    cluster: async (clusterId, options = {}) => {
      const { parameters, signal } = callFor(clusterId, options)
      return listedClusterOf((await operations.perform('showCluster', { parameters }, { signal })).body)
    },
    ban: async (clusterId, request, options = {}) => {
      checkOptions('request', request, Object.keys(banNames))
      const { parameters, signal } = callFor(clusterId, options)
      const body = { reason: request.reason }
      return banOf((await operations.perform('banCluster', { parameters, body }, { signal })).body)
    },
    unban: async (clusterId, options = {}) => {
      const { parameters, signal } = callFor(clusterId, options)
      return banOf((await operations.perform('unbanCluster', { parameters }, { signal })).body)
    },
    readBan: async (clusterId, options = {}) => {
      const { parameters, signal } = callFor(clusterId, options)
      return banOf((await operations.perform('showBan', { parameters }, { signal })).body)
    },
    stuck: (options = {}) => {
      checkListOptions(options, listNames)
      const { limit } = options
      return listing(options, async ({ signal, cursor }) => {
        const request = { parameters: {}, query: { limit, cursor } }
        const { body } = await operations.perform('listStuck', request, { signal })
        return pageOf(body.stuck, stuckCredentialOf, body.next_cursor)
      })
    },
    audit: (filter = {}) => {
      checkListOptions(filter, auditNames)
      const { clusterId, subject, action, from, until, limit } = filter
      checkDate('from', from)
      checkDate('until', until)
      const wanted = {
        cluster_id: clusterId,
        subject,
        action,
        from: from?.toISOString(),
        until: until?.toISOString(),
        limit,
      }
      return listing(filter, async ({ signal, cursor }) => {
        const request = { parameters: {}, query: { ...wanted, cursor } }
        const { body } = await operations.perform('listAuditLog', request, { signal })
        return pageOf(body.records, auditRecordOf, body.next_cursor)
      })
    },
    replicas: async (options = {}) => {
      checkCallOptions(options, callNames)
      const signal = signalOf(options)
      signal.throwIfAborted()
      return (await operations.perform('listReplicas', { parameters: {} }, { signal })).body.replicas.map(replicaOf)
    },
    close,
  }
}
