// Here and not beside a source file because it plays the whole SDK, connected and embedded.
import { makeInMemoryVendor, quayLike } from '@pull-secret/in-memory'
import {
  connect,
  connectOperator,
  type EmbeddedService,
  embedService,
  inMemoryRegistry,
  type ListedCluster,
  type RegistrySetup,
} from '@pull-secret/sdk'
import { expect } from 'chai'
import * as T from 'fp-ts/lib/Task.js'
import { refusalOf } from './refusal-of.ts'
import { serveInMemory, strangerToken, token } from './serve-in-memory.ts'

type Opened = EmbeddedService & { readonly close: () => Promise<void> }

type Open = (registries: ReadonlyArray<RegistrySetup>) => Promise<Opened>

const embedded: Open = async (registries) => {
  const service = await embedService({ deploymentId: 'spec', inMemory: true, registries })
  return { ...service, close: service.operator.close }
}

const connected: Open = async (registries) => {
  const server = await serveInMemory(registries)
  const options = { baseUrl: server.url, token, retries: 0 }
  const [pullSecrets, operator] = [connect(options), connectOperator(options)]
  return {
    pullSecrets,
    operator,
    close: async () => {
      await Promise.all([pullSecrets.close(), operator.close()])
      await server.close()
    },
  }
}

/** A registry that refuses the service's own token. */
const refusing = (id: string): RegistrySetup => {
  const adapter = inMemoryRegistry(`${id}.example.com`)
  return {
    id,
    required: false,
    adapter: {
      ...adapter,
      open: (config: object, dependencies) => {
        const open = adapter.open(config, dependencies)
        const createCredential = () =>
          T.of({ kind: 'refused', problem: 'administrator_refused', firstStep: true } as const)
        return { ...open, client: { ...open.client, createCredential } }
      },
    },
  }
}

const registries = (): ReadonlyArray<RegistrySetup> => [
  { id: 'quay', adapter: inMemoryRegistry('quay.io', makeInMemoryVendor({ ...quayLike, landingWindowSeconds: 0 })) },
  refusing('edge'),
]

const all = async <A>(list: AsyncIterable<A>): Promise<ReadonlyArray<A>> => {
  const items: Array<A> = []
  for await (const item of list) items.push(item)
  return items
}

const idsOf = (clusters: ReadonlyArray<ListedCluster>): ReadonlyArray<string> =>
  clusters.map(({ clusterId }) => clusterId)

for (const { name, open } of [
  { name: 'embedded', open: embedded },
  { name: 'connected', open: connected },
]) {
  describe(`what operators ask for, ${name}`, () => {
    let opened: Opened
    before(async () => {
      opened = await open(registries())
      const { pullSecrets } = opened
      await pullSecrets.generate('cls-abc121', { cloudProvider: 'gcp', region: 'us-east1', externalId: 'other-id' })
      await pullSecrets.generate('cls-abc122', { cloudProvider: 'aws', region: 'eu-west1' })
      await pullSecrets.generate('cls-abc123', { cloudProvider: 'gcp', region: 'eu-west1', registries: ['quay'] })
    })
    after(() => opened.close())

    it('lists every cluster by id, over all pages', async () => {
      const { operator } = opened
      for (const limit of [1, 2, 3, 100]) {
        expect(idsOf(await all(operator.clusters({ limit })))).to.deep.equal(['cls-abc121', 'cls-abc122', 'cls-abc123'])
      }
      const first = await operator.clusters({ limit: 2 }).page()
      const last = await operator.clusters({ limit: 2 }).page(first.nextCursor)
      expect([idsOf(first.items), idsOf(last.items), last.nextCursor]).to.deep.equal([
        ['cls-abc121', 'cls-abc122'],
        ['cls-abc123'],
        undefined,
      ])
    })

    it('lists the clusters that fit every filter', async () => {
      const { operator } = opened
      const clustersOf = async (filter: Parameters<typeof operator.clusters>[0]) =>
        idsOf(await all(operator.clusters(filter)))
          .map((id) => id.at(-1))
          .join('')
      expect([
        await clustersOf({ cloudProvider: 'gcp' }),
        await clustersOf({ cloudProvider: 'gcp', region: 'eu-west1' }),
        await clustersOf({ registryId: 'edge' }),
        await clustersOf({ state: 'live' }),
        await clustersOf({ state: 'deleting' }),
        await clustersOf({ createdBefore: new Date(0) }),
        await clustersOf({ createdBefore: new Date(Date.now() + 60_000) }),
      ]).to.deep.equal(['13', '3', '12', '123', '', '', '123'])
    })

    it('tells of the processes that write the ledger', async () => {
      const replicas = await opened.operator.replicas()
      expect(replicas.map(({ component, version, alive }) => [component, version, alive])).to.deep.equal([
        ['embedded', '0.1.0', true],
      ])
      expect(replicas[0]?.seenAt).to.be.an.instanceOf(Date)
    })

    it('tells of one cluster what the list tells', async () => {
      const { operator } = opened
      const cluster = await operator.cluster('cls-abc121')
      expect(cluster).to.deep.include({
        clusterId: 'cls-abc121',
        state: 'live',
        incarnation: 1,
        externalId: 'other-id',
        cloudProvider: 'gcp',
        region: 'us-east1',
      })
      expect(cluster.credentials.map(({ registryId, state, problem }) => [registryId, state, problem])).to.deep.equal([
        ['edge', 'intended', 'administrator_refused'],
        ['quay', 'active', undefined],
      ])
      expect([cluster.createdAt, cluster.publishedAt, cluster.oldestCredentialAt]).to.satisfy(
        (dates: ReadonlyArray<unknown>) => dates.every((date) => date instanceof Date),
      )
      expect((await operator.clusters({ limit: 1 }).page()).items).to.deep.equal([cluster])
      expect(await refusalOf(operator.cluster('cls-abc129'))).to.include({ code: 'NOT_FOUND' })
    })

    it('lists work that waits for somebody, with what to do', async () => {
      const stuck = await all(opened.operator.stuck({ limit: 1 }))
      expect(
        stuck.map(({ clusterId, registryId, work, problem }) => [clusterId, registryId, work, problem]),
      ).to.deep.equal(
        ['cls-abc121', 'cls-abc122'].map((clusterId) => [clusterId, 'edge', 'create', 'administrator_refused']),
      )
      expect(stuck[0]?.nextStep).to.include("renew the service's token")
      expect(stuck[0]?.since).to.be.instanceOf(Date)
    })

    it('lists the audit, the newest first, and what fits every filter', async () => {
      const { operator } = opened
      const records = await all(operator.audit({ limit: 2 }))
      const times = records.map(({ at }) => at.getTime())
      expect(times).to.deep.equal([...times].sort((one, other) => other - one))
      const ofCluster = await all(operator.audit({ clusterId: 'cls-abc123', action: 'create' }))
      expect(ofCluster.length).to.be.greaterThan(0)
      expect(ofCluster).to.deep.equal(
        records.filter(({ clusterId, action }) => clusterId === 'cls-abc123' && action === 'create'),
      )
      expect(await all(operator.audit({ until: new Date(0) }))).to.deep.equal([])
      expect(await all(operator.audit({ from: new Date(0), subject: 'nobody' }))).to.deep.equal([])
    })

    it('names what it refuses of a filter', async () => {
      const { operator } = opened
      for (const [field, list] of [
        ['state', operator.clusters({ state: 'dead' as 'live' })],
        ['region', operator.clusters({ region: 'no region' })],
        ['action', operator.audit({ action: 'nothing' as 'create' })],
        ['cluster_id', operator.audit({ clusterId: 'no cluster' })],
      ] as const) {
        const { code, details } = await refusalOf(list.page())
        expect([code, details['field']]).to.deep.equal(['INVALID_REQUEST', field])
      }
      const ofAnotherList = (await operator.clusters({ limit: 1 }).page()).nextCursor
      expect((await refusalOf(operator.stuck().page(ofAnotherList))).details).to.include({ field: 'cursor' })
    })

    it('bans a cluster, tells of it, and lifts the ban', async () => {
      const { operator, pullSecrets } = opened
      await pullSecrets.generate('cls-abc124', { registries: ['quay'] })
      const banned = await operator.ban('cls-abc124', { reason: 'in a public log' })
      expect(banned).to.include({ clusterId: 'cls-abc124', banned: true, reason: 'in a public log', revoked: false })
      expect(banned.registries['quay']?.status).to.equal('settling')
      expect(banned.bannedAt).to.be.instanceOf(Date)
      expect(await operator.readBan('cls-abc124')).to.deep.equal(banned)
      expect((await operator.cluster('cls-abc124')).ban?.reason).to.equal('in a public log')
      for (const call of [pullSecrets.get('cls-abc124'), pullSecrets.generate('cls-abc124')]) {
        const refusal = await refusalOf(call)
        expect([refusal.code, refusal.retryable, refusal.details['reason']]).to.deep.equal([
          'CLUSTER_BANNED',
          false,
          'in a public log',
        ])
      }
      expect(await operator.unban('cls-abc124')).to.include({ banned: false, reason: undefined })
      expect((await pullSecrets.generate('cls-abc124')).clusterId).to.equal('cls-abc124')
      for (const reason of ['', 'a\nb', 'x'.repeat(501)])
        expect((await refusalOf(operator.ban('cls-abc124', { reason }))).details['field']).to.equal('reason')
    })
  })
}

describe('an embedded service', () => {
  it('is closed for its lists and its pull secrets at once', async () => {
    for (const which of ['operator', 'pullSecrets'] as const) {
      const service = await embedService({ deploymentId: 'spec', inMemory: true, registries: registries() })
      await service[which].close()
      expect(await refusalOf(service.operator.cluster('cls-abc121'))).to.include({ code: 'CLOSED' })
      expect(await refusalOf(service.pullSecrets.get('cls-abc121'))).to.include({ code: 'CLOSED' })
    }
  })
})

describe('an operator without the permission', () => {
  it('is told so', async () => {
    const server = await serveInMemory(registries())
    const operator = connectOperator({ baseUrl: server.url, token: strangerToken, retries: 0 })
    for (const call of [operator.clusters().page(), operator.stuck().page(), operator.audit().page()])
      expect(await refusalOf(call)).to.include({ code: 'FORBIDDEN' })
    await operator.close()
    await server.close()
  })
})
