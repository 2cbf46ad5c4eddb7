import { expect } from 'chai'
import { databaseSettings } from '../test/database-settings.ts'
import { poolOptions } from './pool-options.ts'

describe('how the database is connected to', () => {
  it('takes every part of the address, with what its encoding hides', () => {
    expect(poolOptions(databaseSettings('postgres://re%40der:p%2Fss@database.example:6432/pull%20secrets'))).to.include(
      {
        host: 'database.example',
        port: 6432,
        user: 're@der',
        password: 'p/ss',
        database: 'pull secrets',
      },
    )
  })

  it('takes an IPv6 address without its brackets', () => {
    expect(poolOptions(databaseSettings('postgres://reader@[2001:db8::1]:6432/pull'))).to.include({
      host: '2001:db8::1',
      port: 6432,
    })
  })

  it('lets no parameter of the address outweigh the settings', () => {
    const options = poolOptions(
      databaseSettings('postgres://database.example/pull?sslmode=disable&host=other.example', { tls: {} }),
    )
    expect(options)
      .to.deep.include({
        host: 'database.example',
        database: 'pull',
        ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.2' },
      })
      .and.not.to.have.property('connectionString')
    expect(poolOptions(databaseSettings('postgres://database.example/pull?sslmode=require'))).not.to.have.property(
      'ssl',
    )
  })

  it('keeps at most five of its connections idle, an hour each', () => {
    const url = 'postgres://database.example/pull'
    const ofTen = poolOptions(databaseSettings(url, { poolSize: 10 }))
    expect(ofTen).to.include({ max: 10, min: 5, maxLifetimeSeconds: 3600 })
    expect(poolOptions(databaseSettings(url, { poolSize: 2 }))).to.include({ max: 2, min: 2 })
  })

  it('waits for an answer a little longer than a statement may take', () => {
    expect(
      poolOptions(databaseSettings('postgres://database.example/pull', { statementTimeoutSeconds: 10 })),
    ).to.include({ query_timeout: 12_000 })
  })
})
