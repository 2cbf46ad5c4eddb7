import { aClusterLedger } from '@pull-secret/domain/testing'
import { succeed } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import { aPublishedCluster, assembly, servedRows } from '../test/a-published-cluster.ts'
import { readsOf } from '../test/reads-of.ts'
import { makeRetrievePullSecret, makeVerifyPullSecret } from './index.ts'

describe('verify pull secret', () => {
  it('compares with the fingerprint of what is served', async () => {
    const reads = readsOf(aClusterLedger(aPublishedCluster(), ...servedRows))
    const retrieve = makeRetrievePullSecret({ reads, ...assembly })
    const verify = makeVerifyPullSecret({ retrieve, digest: assembly.digest })
    const { fingerprint } = await succeed(retrieve('cls-abc123'))
    expect(await succeed(verify('cls-abc123', { whole: fingerprint }))).to.deep.equal({ matches: true, hosts: {} })
    expect(await succeed(verify('cls-abc123', { whole: 'other' }))).to.deep.equal({ matches: false, hosts: {} })
  })
})
