import type { ClusterView, MeterLabels } from '@pull-secret/domain'
import { aClusterLedger, now } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import { aPublishedCluster, assembly, servedRows } from '../test/a-published-cluster.ts'
import { readsOf } from '../test/reads-of.ts'
import { countRetrieved } from './count-retrieved.ts'
import { makeRetrievePullSecret } from './index.ts'

const countedOf = async (view: ClusterView) => {
  const counted: Array<string> = []
  const meter = {
    count:
      (name: string, { registry = '', operation = '', status = '' }: MeterLabels) =>
      () => {
        counted.push(`${name} ${registry} ${operation} ${status}`)
      },
  }
  await countRetrieved(meter, makeRetrievePullSecret({ reads: readsOf(view), ...assembly }))('cls-abc123')()
  return counted
}

describe('a pull secret that is retrieved', () => {
  it('counts for each registry whose credential is served', async () => {
    expect(await countedOf(aClusterLedger(aPublishedCluster(), ...servedRows))).to.have.members([
      'credential_operations_total quay retrieve success',
      'credential_operations_total rhit retrieve success',
    ])
  })

  it('counts for each registry that it lacks, where it is refused for that', async () => {
    const [first, ...others] = servedRows.map((row, index) => (index === 0 ? { ...row, expiresAt: now } : row))
    const cluster = aPublishedCluster({ servedRegistries: [first?.registryId ?? ''] })
    const rows = first === undefined ? others : [first, ...others]
    expect(await countedOf(aClusterLedger(cluster, ...rows))).to.include(
      `credential_operations_total ${first?.registryId ?? ''} retrieve failure`,
    )
  })
})
