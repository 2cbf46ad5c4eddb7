import { expect } from 'chai'
import { databaseSettings } from '../test/database-settings.ts'
import { connectionTarget } from './connection-target.ts'
import { connectionOptions, poolOptions } from './pool-options.ts'

const url = 'postgres://reader:secret@database.example/pull'

describe('how the database is connected to', () => {
  it('verifies the certificate unless TLS is disabled in so many words', () => {
    const optionsWith = (tls: { readonly mode: 'verify-full' | 'disable' }) => {
      const settings = databaseSettings(url, { tls })
      return connectionOptions(connectionTarget(settings), settings).ssl
    }
    expect(optionsWith({ mode: 'verify-full' })).to.include({ rejectUnauthorized: true, minVersion: 'TLSv1.2' })
    expect(optionsWith({ mode: 'disable' })).to.equal(false)
  })

  it('keeps at most five of its connections idle, an hour each', () => {
    expect(poolOptions(databaseSettings(url, { poolSize: 10 }))).to.include({
      max: 10,
      min: 5,
      maxLifetimeSeconds: 3600,
    })
    expect(poolOptions(databaseSettings(url, { poolSize: 2 }))).to.include({ max: 2, min: 2 })
  })

  it('waits for an answer a little longer than a statement may take', () => {
    expect(poolOptions(databaseSettings(url, { statementTimeoutSeconds: 10 }))).to.include({ query_timeout: 12_000 })
  })
})
