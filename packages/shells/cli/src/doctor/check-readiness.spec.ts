import { expect } from 'chai'
import { checkReadiness } from './check-readiness.ts'

describe('the readiness of a server', () => {
  it('fails the check by every part that is not ready', () => {
    const checks = { accepting_requests: 'ok', database: 'failing', key_ring: 'failing' } as const
    expect(checkReadiness({ kind: 'readiness', body: { status: 'not_ready', checks } }))
      .to.include({ status: 'failed', detail: 'not ready, database failing, key_ring failing' })
      .and.to.have.property('hint')
      .that.includes('log')
    expect(checkReadiness({ kind: 'readiness', body: { status: 'ready', checks: { database: 'ok' } } })).to.include({
      status: 'ok',
    })
  })

  it('is judged by the health where a proxy passes on the API alone', () => {
    const reason = '/readyz answers with status 404'
    const components = {
      database: { status: 'failing', problem: 'does not answer' },
      access: { status: 'ok' },
    } as const
    expect(checkReadiness({ kind: 'health', reason, body: { status: 'degraded', components } }))
      .to.include({ status: 'failed', detail: 'degraded, database failing: does not answer' })
      .and.to.have.property('hint')
      .that.includes('log')
    expect(checkReadiness({ kind: 'health', reason, body: { status: 'ok' } })).to.include({
      status: 'ok',
      detail: `healthy; ${reason}`,
    })
  })

  it('fails the check where neither can be read, and says why', () => {
    const reason = '/readyz answers with status 404; /v1/health answers with status 502'
    expect(checkReadiness({ kind: 'unknown', reason })).to.include({ status: 'failed', detail: reason })
  })
})
