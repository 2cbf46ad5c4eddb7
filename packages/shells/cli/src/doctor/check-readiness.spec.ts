import { expect } from 'chai'
import { checkReadiness } from './check-readiness.ts'

describe('the readiness of a server', () => {
  it('fails the check by every part that is not ready', () => {
    const checks = { accepting_requests: 'ok', database: 'failing', key_ring: 'failing' } as const
    expect(checkReadiness({ status: 'not_ready', checks }))
      .to.include({ status: 'failed', detail: 'not ready, database failing, key_ring failing' })
      .and.to.have.property('hint')
      .that.includes('log')
  })

  it('is no failure where only the API can be reached', () => {
    expect(checkReadiness({ status: 'ready', checks: { database: 'ok' } })).to.include({ status: 'ok' })
    expect(checkReadiness(undefined)).to.include({ status: 'skipped' })
  })
})
