import { secretText } from '@pull-secret/domain'
import { expect } from 'chai'
import { poolOptions } from './pool-options.ts'

describe('how the database is connected to', () => {
  it('takes every part of the address, with what its encoding hides', () => {
    expect(
      poolOptions({ url: secretText('postgres://re%40der:p%2Fss@database.example:6432/pull%20secrets') }),
    ).to.include({
      host: 'database.example',
      port: 6432,
      user: 're@der',
      password: 'p/ss',
      database: 'pull secrets',
    })
  })

  it('takes an IPv6 address without its brackets', () => {
    expect(poolOptions({ url: secretText('postgres://reader@[2001:db8::1]:6432/pull') })).to.include({
      host: '2001:db8::1',
      port: 6432,
    })
  })

  it('lets no parameter of the address outweigh the settings', () => {
    const options = poolOptions({
      url: secretText('postgres://database.example/pull?sslmode=disable&host=other.example'),
      tls: {},
    })
    expect(options)
      .to.deep.include({
        host: 'database.example',
        database: 'pull',
        ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.2' },
      })
      .and.not.to.have.property('connectionString')
    expect(poolOptions({ url: secretText('postgres://database.example/pull?sslmode=require') })).not.to.have.property(
      'ssl',
    )
  })

  it('keeps to ten connections, five of them idle, an hour each', () => {
    const url = secretText('postgres://database.example/pull')
    expect(poolOptions({ url })).to.include({ max: 10, min: 5, maxLifetimeSeconds: 3600 })
    expect(poolOptions({ url, poolSize: 2 })).to.include({ max: 2, min: 2 })
  })

  it('waits for an answer a little longer than a statement may take', () => {
    expect(
      poolOptions({ url: secretText('postgres://database.example/pull'), statementTimeoutSeconds: 10 }),
    ).to.include({ query_timeout: 12_000 })
  })
})
