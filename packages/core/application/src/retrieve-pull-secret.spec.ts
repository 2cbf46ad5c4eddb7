import { aClusterLedger } from '@pull-secret/domain/testing'
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

  it('finds nothing before it is published', async () => {
    const view = aClusterLedger(aPublishedCluster({ publishedAt: undefined }), ...servedRows)
    expect(await retrieve(view)).to.deep.equal(E.left({ code: 'PULL_SECRET_NOT_FOUND', clusterId: 'cls-abc123' }))
  })
})
