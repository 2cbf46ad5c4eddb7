import type { Credential } from '@pull-secret/domain'
import { aClusterLedger, now } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { aPublishedCluster, assembly, servedRows } from '../test/a-published-cluster.ts'
import { readsOf } from '../test/reads-of.ts'
import { makeRetrievePullSecret } from './index.ts'
import { assemblePullSecret } from './pull-secret.ts'

const retrieve = (...[view]: Parameters<ReturnType<typeof assemblePullSecret>>) =>
  makeRetrievePullSecret({ reads: readsOf(view), ...assembly })('cls-abc123')()

describe('retrieve pull secret', () => {
  it('gives what the ledger holds for the cluster', async () => {
    const view = aClusterLedger(aPublishedCluster(), ...servedRows)
    expect(await retrieve(view)).to.deep.equal(assemblePullSecret(assembly)(view))
  })

  const ended = (row: Credential): Credential => ({ ...row, expiresAt: now })
  const [first, ...others] = servedRows as readonly [Credential, ...ReadonlyArray<Credential>]

  it('refuses while a required entry that was served has ended, and says which', async () => {
    const cluster = aPublishedCluster({ servedRegistries: [first.registryId] })
    const result = await retrieve(aClusterLedger(cluster, ended(first), ...others))
    expect(E.isLeft(result) && result.left.code).to.equal('REGISTRIES_NOT_READY')
  })

  it('leaves out an entry that has ended where it was never required or never served', async () => {
    const whole = await retrieve(aClusterLedger(aPublishedCluster(), ...servedRows))
    const rest = await retrieve(aClusterLedger(aPublishedCluster(), ended(first), ...others))
    const hostsOf = (result: typeof whole) => (E.isRight(result) ? Object.keys(result.right.document.auths).length : -1)
    expect([hostsOf(whole), hostsOf(rest)]).to.deep.equal([servedRows.length, servedRows.length - 1])
  })

  it('finds nothing before it is published', async () => {
    const view = aClusterLedger(aPublishedCluster({ publishedAt: undefined }), ...servedRows)
    expect(await retrieve(view)).to.deep.equal(E.left({ code: 'PULL_SECRET_NOT_FOUND', clusterId: 'cls-abc123' }))
  })
})
