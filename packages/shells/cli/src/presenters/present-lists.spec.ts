import type { ClusterBody } from '@pull-secret/wire'
import { expect } from 'chai'
import { parse } from 'yaml'
import { ageOf } from './age.ts'
import { presentAuditLog } from './present-audit-log.ts'
import { presentCluster, presentClusters } from './present-clusters.ts'
import { presentStuck } from './present-stuck.ts'
import { renderNamed } from './view.ts'

const now = Date.parse('2026-05-01T00:00:00.000Z')

const cluster: ClusterBody = {
  cluster_id: 'cls-abc123',
  state: 'deleting',
  incarnation: 2,
  external_id: null,
  cloud_provider: 'gcp',
  region: null,
  created_at: '2026-01-01T00:00:00.000Z',
  published_at: '2026-04-30T22:30:00.000Z',
  oldest_credential_at: '2026-01-31T00:00:00.000Z',
  ban: null,
  registries: [
    { registry_id: 'quay', state: 'active', generation: 1, created_at: '2026-01-31T00:00:00.000Z' },
    {
      registry_id: 'rhit',
      state: 'revoking',
      generation: 3,
      created_at: '2026-02-01T00:00:00.000Z',
      problem: 'timeout',
      stuck_since: '2026-04-30T12:00:00.000Z',
    },
  ],
}

const stuck = {
  credential_id: '7b0f6f0e-0000-4000-8000-000000000001',
  cluster_id: 'cls-abc123',
  registry_id: 'rhit',
  vendor_name: 'hyperfleet_gcp_useast1_abc123',
  work: 'revoke' as const,
  since: '2026-04-28T00:00:00.000Z',
  attempts: 7,
  next_attempt_at: null,
  next_step: 'renew the token',
  problem: 'administrator_refused',
}

const record = {
  id: '7b0f6f0e-0000-4000-8000-000000000002',
  at: '2026-04-30T12:00:00.000Z',
  kind: 'change' as const,
  action: 'create',
  outcome: 'success' as const,
  cluster_id: 'cls-abc123',
  credential_id: null,
  registry_id: null,
  subject: 'cli:alice',
  reason: 'request',
  trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
  metadata: {},
}

const read = <Item>(...items: ReadonlyArray<Item>) => ({ items, nextCursor: 'on' })
const none = { items: [], nextCursor: null }

describe('an age', () => {
  it('is told in the largest unit of which there are two, and is never negative', () => {
    const ages = [-5, 0, 119, 120, 7199, 7200, 172_799, 172_800, 8_035_200].map((seconds) =>
      ageOf(new Date(now - seconds * 1000).toISOString(), now),
    )
    expect(ages).to.deep.equal(['0s', '0s', '119s', '2m', '119m', '2h', '47h', '2d', '93d'])
    expect(ageOf(null, now)).to.equal(undefined)
  })
})

describe('lists that are printed', () => {
  it('have a line for each cluster, with ages and what is the matter at its registries', () => {
    const { text } = presentClusters(read(cluster, { ...cluster, published_at: null, registries: [] }), now)
    const registries = 'quay active, rhit revoking (stuck: timeout)'
    expect(text.split('\n')).to.deep.equal([
      'CLUSTER      STATE      PROVIDER   REGION   PUBLISHED   OLDEST CREDENTIAL   REGISTRIES',
      `cls-abc123   deleting   gcp        -        90m         90d                 ${registries}`,
      'cls-abc123   deleting   gcp        -        -           90d                 -',
      '',
    ])
  })

  it('have a line for each work that is stuck, with what to do', () => {
    expect(presentStuck(read(stuck), now).text).to.match(
      /^cls-abc123 +rhit +revoke +3d +7 +administrator_refused +renew the token$/m,
    )
  })

  it('have a line for each record of the audit', () => {
    expect(presentAuditLog(read(record)).text).to.match(
      /^2026-04-30T12:00:00.000Z +cls-abc123 +- +create +- +success +cli:alice +request$/m,
    )
    const changed = { ...record, metadata: { from: 'ready', to: 'active' } }
    expect(presentAuditLog(read(changed)).text).to.include('create   ready → active   success')
    const refused = { ...record, action: 'refuse', metadata: { requests: 12 } }
    expect(presentAuditLog(read(refused)).text).to.include('refuse   12 refused   success')
  })

  it('say that they are empty to people, and are empty for programs', () => {
    const views = [presentClusters(none, now), presentStuck(none, now), presentAuditLog(none)]
    expect(views.map(({ text }) => text)).to.deep.equal(['No clusters.\n', 'Nothing is stuck.\n', 'No records.\n'])
    expect(views.map(({ data }) => data)).to.deep.equal([
      { clusters: [], next_cursor: null },
      { stuck: [], next_cursor: null },
      { records: [], next_cursor: null },
    ])
    expect(views.map((view) => renderNamed(view, 'name')).join('')).to.equal('')
  })

  it('are bodies of the API for programs, the same in every format', () => {
    for (const [view, body] of [
      [presentClusters(read(cluster), now), { clusters: [cluster], next_cursor: 'on' }],
      [presentStuck(read(stuck), now), { stuck: [stuck], next_cursor: 'on' }],
      [presentAuditLog(read(record)), { records: [record], next_cursor: 'on' }],
      [presentCluster(cluster, now), cluster],
    ] as const) {
      expect(JSON.parse(renderNamed(view, 'json'))).to.deep.equal(body)
      expect(parse(renderNamed(view, 'yaml'))).to.deep.equal(body)
    }
  })

  it('are one id a line as names, whatever an id holds', () => {
    const other = { ...cluster, cluster_id: 'cls\n\u001B[2J' }
    expect(renderNamed(presentClusters(read(cluster, other), now), 'name')).to.equal(
      'cls-abc123\ncls\u{FFFD}\u{FFFD}[2J\n',
    )
    expect(renderNamed(presentStuck(read(stuck), now), 'name')).to.equal(`${stuck.credential_id}\n`)
    expect(renderNamed(presentAuditLog(read(record)), 'name')).to.equal(`${record.id}\n`)
  })
})

describe('a cluster that is printed', () => {
  it('tells what lists tell, a line for each credential', () => {
    const { text } = presentCluster(cluster, now)
    expect(text)
      .to.match(/^State: +deleting$/m)
      .and.match(/^Published: +2026-04-30T22:30:00.000Z$/m)
      .and.match(/^quay +active +1 +90d +- +-$/m)
      .and.match(/^rhit +revoking +3 +89d +12h +timeout$/m)
    expect(presentCluster({ ...cluster, published_at: null, registries: [] }, now).text)
      .to.match(/^Published: +never$/m)
      .and.include('Every credential is revoked.')
  })
})
