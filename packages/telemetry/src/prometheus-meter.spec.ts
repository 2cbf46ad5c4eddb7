import { expect } from 'chai'
import { makePrometheusMeter } from './index.ts'

const prefix = 'hyperfleet_pull_secret_service_'
const base = 'component="pull-secret",version="1.2.3"'

const aMeter = () => makePrometheusMeter({ component: 'pull-secret', version: '1.2.3', commit: 'abc' })

describe('the meter', () => {
  it('counts by label, with component and version on every metric', async () => {
    const meter = aMeter()
    meter.count('credential_operations_total', { registry: 'quay', operation: 'create', status: 'success' })()
    meter.count('credential_operations_total', { registry: 'quay', operation: 'create', status: 'success' })()
    const lines = (await meter.render()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    expect(lines).to.include(`${prefix}credential_operations_total{registry="quay",operation="create",status="success",${base}} 2`)
    expect(lines.filter((line) => !line.includes(base))).to.deep.equal([])
  })

  it('sorts durations into the buckets of the platform', async () => {
    const meter = aMeter()
    meter.observe('http_request_duration_seconds', 0.2, { method: 'GET', path: '/healthz', status_code: '200' })()
    meter.observe('ledger_change_duration_seconds', 0.0005, {})()
    const text = await meter.render()
    expect(text).to.match(/http_request_duration_seconds_bucket\{le="0\.1",[^}]*\} 0\n/)
    expect(text).to.match(/http_request_duration_seconds_bucket\{le="0\.25",[^}]*\} 1\n/)
    expect(text).to.match(/http_request_duration_seconds_bucket\{le="10",/)
    expect(text).to.match(/ledger_change_duration_seconds_bucket\{le="0\.001",[^}]*\} 1\n/)
  })

  it('shows the last value of a gauge', async () => {
    const meter = aMeter()
    meter.set('credentials_stuck', 3, { registry: 'quay' })()
    meter.set('credentials_stuck', 1, { registry: 'quay' })()
    expect(await meter.render()).to.include(`${prefix}credentials_stuck{registry="quay",${base}} 1\n`)
  })

  it('leaves out a label that the metric does not have, and a value that is none', async () => {
    const meter = aMeter()
    meter.count('fence_lost_total', { registry: 'quay', cluster_id: 'canary' })()
    meter.set('recovery_due', Number.NaN, {})()
    meter.observe('ledger_change_duration_seconds', Number.POSITIVE_INFINITY, {})()
    const text = await meter.render()
    expect(text).to.include(`${prefix}fence_lost_total{registry="quay",${base}} 1\n`)
    expect(text).not.to.match(/canary|recovery_due\{|ledger_change_duration_seconds_count\{/)
  })

  it('says that the process runs and what was built, beside the metrics of the process', async () => {
    const meter = aMeter()
    const text = await meter.render()
    expect(text).to.include(`${prefix}up{${base}} 1\n`)
    expect(text).to.include(`${prefix}build_info{commit="abc",node_version="${process.version}",${base}} 1\n`)
    expect(text).to.match(/^process_cpu_seconds_total\{/m)
    expect(meter.contentType).to.match(/^text\/plain; version=0\.0\.4/)
  })
})
