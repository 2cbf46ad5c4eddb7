import { expect } from 'chai'
import { refusalOf } from '../test/refusal-of.ts'
import { makeClient } from './client.ts'
import { makeOperator } from './make-operator.ts'
import type { Operations } from './operations.ts'
import type { AuditFilter, ClustersFilter } from './operator.ts'
import type { PullSecretError } from './pull-secret-error.ts'

const stuckRow = (credentialId: string) => ({
  credential_id: credentialId,
  cluster_id: 'cls-abc123',
  registry_id: 'quay',
  vendor_name: 'hyperfleet_gcp_useast1_abc123',
  work: 'revoke',
  since: '2026-01-02T03:04:05.000Z',
  attempts: 7,
  next_attempt_at: null,
  next_step: 'renew the token',
  problem: 'administrator_refused',
})

/** Two pages of stuck work, or what else is answered to every request. */
const anOperator = (body?: object) => {
  const asked: Array<readonly [string, object | undefined]> = []
  const operations = {
    perform: async (id: string, { query }: { readonly query?: { readonly cursor?: string } }) => {
      asked.push([id, query])
      const isLast = query?.cursor !== undefined
      const page = {
        stuck: isLast ? [stuckRow('3')] : [stuckRow('1'), stuckRow('2')],
        next_cursor: isLast ? null : 'on',
      }
      return { status: 200, body: body ?? page }
    },
    close: () => Promise.resolve(),
  }
  return { asked, operator: makeOperator(makeClient(operations as unknown as Operations)) }
}

const refusalOfThrown = (call: () => unknown): Promise<PullSecretError> => refusalOf(Promise.resolve().then(call))

describe('a list for operators', () => {
  it('fetches a page when the one before is used up, and begins anew with each iteration', async () => {
    const { operator, asked } = anOperator()
    const list = operator.stuck({ limit: 2 })
    expect(asked).to.have.length(0)
    const iterator = list[Symbol.asyncIterator]()
    await iterator.next()
    await iterator.next()
    expect(asked).to.deep.equal([['listStuck', { limit: 2, cursor: undefined }]])
    expect((await iterator.next()).value).to.include({ credentialId: '3' })
    expect(asked.slice(1)).to.deep.equal([['listStuck', { limit: 2, cursor: 'on' }]])
    expect((await iterator.next()).done).to.equal(true)
    const ids: Array<string> = []
    for await (const { credentialId } of list) ids.push(credentialId)
    expect(ids).to.deep.equal(['1', '2', '3'])
  })

  it('gives single pages with the cursor of the next', async () => {
    const { operator } = anOperator()
    const first = await operator.stuck().page()
    expect([first.items.length, first.nextCursor]).to.deep.equal([2, 'on'])
    const last = await operator.stuck().page(first.nextCursor)
    expect([last.items.length, last.nextCursor]).to.deep.equal([1, undefined])
  })

  it('goes on over an empty page that has a next one', async () => {
    const { operator, asked } = anOperator()
    const pages = [
      { stuck: [], next_cursor: 'on' },
      { stuck: [stuckRow('1')], next_cursor: null },
    ]
    const operations = { perform: async () => ({ status: 200, body: pages[asked.push(['page', undefined]) - 1] }) }
    const sparse = makeOperator(makeClient({ ...operations, close: operator.close } as unknown as Operations))
    const ids: Array<string> = []
    for await (const { credentialId } of sparse.stuck()) ids.push(credentialId)
    expect(ids).to.deep.equal(['1'])
  })

  it('is never taken for a whole one when its signal ends it, not even within its last page', async () => {
    const { operator } = anOperator({ stuck: [stuckRow('1'), stuckRow('2')], next_cursor: null })
    const ending = new AbortController()
    const reason = new Error('no longer wanted')
    const seen: Array<string> = []
    const iterate = async (): Promise<void> => {
      for await (const { credentialId } of operator.stuck({ signal: ending.signal })) {
        seen.push(credentialId)
        ending.abort(reason)
      }
    }
    expect(await iterate().catch((error: unknown) => error)).to.equal(reason)
    expect(seen).to.deep.equal(['1'])
  })

  it('rejects once closed', async () => {
    const { operator } = anOperator()
    const list = operator.stuck()
    await operator.close()
    expect(await refusalOf(list.page())).to.include({ code: 'CLOSED' })
    expect(await refusalOf(list[Symbol.asyncIterator]().next())).to.include({ code: 'CLOSED' })
    expect(await refusalOf(operator.cluster('cls-abc123'))).to.include({ code: 'CLOSED' })
  })

  it('sends filters as the API writes them', async () => {
    const clusters = anOperator({ clusters: [], next_cursor: null })
    const createdBefore = new Date('2026-01-02T03:04:05.678Z')
    const filter = { state: 'live', cloudProvider: 'gcp', region: 'us-east1', registryId: 'quay', limit: 7 } as const
    await clusters.operator.clusters({ ...filter, createdBefore }).page('on')
    expect(clusters.asked).to.deep.equal([
      [
        'listClusters',
        {
          state: 'live',
          cloud_provider: 'gcp',
          region: 'us-east1',
          registry_id: 'quay',
          created_before: '2026-01-02T03:04:05.678Z',
          limit: 7,
          cursor: 'on',
        },
      ],
    ])
    const audit = anOperator({ records: [], next_cursor: null })
    const [from, until] = [new Date('2026-01-02T00:00:00Z'), new Date('2026-01-03T00:00:00Z')]
    await audit.operator.audit({ clusterId: 'cls-abc123', subject: 'one', action: 'create', from, until }).page()
    expect(audit.asked).to.deep.equal([
      [
        'listAuditLog',
        {
          cluster_id: 'cls-abc123',
          subject: 'one',
          action: 'create',
          from: '2026-01-02T00:00:00.000Z',
          until: '2026-01-03T00:00:00.000Z',
          limit: undefined,
          cursor: undefined,
        },
      ],
    ])
  })

  it('refuses options that make no sense before anything is asked, by their names', async () => {
    const { operator, asked } = anOperator()
    const never = new Date(Number.NaN)
    for (const [field, call] of [
      ['limit', () => operator.stuck({ limit: 0 })],
      ['limit', () => operator.clusters({ limit: 101 })],
      ['limit', () => operator.audit({ limit: 1.5 })],
      ['createdBefore', () => operator.clusters({ createdBefore: never })],
      ['from', () => operator.audit({ from: '2026-01-02' } as unknown as AuditFilter)],
      ['until', () => operator.audit({ until: never })],
      ['cloud_provider', () => operator.clusters({ cloud_provider: 'gcp' } as ClustersFilter)],
      ['signal', () => operator.stuck({ signal: {} as AbortSignal })],
      ['everySeconds', () => operator.cluster('cls-abc123', { everySeconds: 1 } as object)],
      ['cluster_id', () => operator.cluster('..')],
    ] as const) {
      expect(await refusalOfThrown(call), field).to.deep.include({ code: 'INVALID_REQUEST', details: { field } })
    }
    expect(asked).to.have.length(0)
  })
})
