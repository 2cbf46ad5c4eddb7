import { decided } from '@pull-secret/domain'
import { aCause, aCluster, aFreshCredential } from '@pull-secret/domain/testing'
import { succeed } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { postgresLedgers } from '../test/a-postgres-ledger.ts'

describe('the external id of a cluster', () => {
  const open = postgresLedgers()

  it('stands beside its credentials from the first one on, for who reads the tables', async () => {
    const subject = await open()
    const born = { kind: 'cluster_moved', rule: 'K1', before: undefined, cause: aCause() } as const
    const after = aCluster({ externalId: 'ext-1' })
    await succeed(
      subject.ledger.change(after.id, () =>
        E.right(
          decided(undefined, [
            { ...born, after },
            { kind: 'credential_added', rule: 'C1', after: aFreshCredential(), cause: aCause() },
          ]),
        ),
      ),
    )
    const { rows } = await subject.database.pool.query('select external_resource_id from registry_credentials')
    expect(rows).to.deep.equal([{ external_resource_id: 'ext-1' }])
    await subject.close()
  })
})
