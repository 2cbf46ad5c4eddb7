import { expect } from 'chai'
import { makePrometheusMeter } from './index.ts'
import type { GaugeValue } from './prometheus-meter.ts'

const prefix = 'hyperfleet_pull_secret_service_'
const base = 'component="pull-secret",version="1.2.3"'

const aMeter = () => makePrometheusMeter({ component: 'pull-secret', version: '1.2.3', commit: 'abc' })

describe('the meter', () => {
  it('counts by label, with component and version on every metric', async () => {
    const meter = aMeter()
    meter.count('credential_operations_total', { registry: 'quay', operation: 'create', status: 'success' })()
    meter.count('credential_operations_total', { registry: 'quay', operation: 'create', status: 'success' })()
    const lines = (await meter.render()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    expect(lines).to.include(
      `${prefix}credential_operations_total{registry="quay",operation="create",status="success",${base}} 2`,
    )
    expect(lines.filter((line) => !line.includes(base))).to.deep.equal([])
  })

  it('sorts durations into the buckets of the platform', async () => {
    const meter = aMeter()
    meter.observe('http_request_duration_seconds', 0.2, { method: 'GET', path: '/healthz', status_code: '200' })()
    const text = await meter.render()
    expect(text).to.match(/http_request_duration_seconds_bucket\{le="0\.1",[^}]*\} 0\n/)
    expect(text).to.match(/http_request_duration_seconds_bucket\{le="0\.25",[^}]*\} 1\n/)
    expect(text).to.match(/http_request_duration_seconds_bucket\{le="10",/)
  })

  it('shows the last value of a gauge', async () => {
    const meter = aMeter()
    meter.set('http_requests_in_flight', 3, {})()
    meter.set('http_requests_in_flight', 1, {})()
    expect(await meter.render()).to.include(`${prefix}http_requests_in_flight{${base}} 1\n`)
  })

  it('asks for what time alone changes whenever it is rendered, and shows nothing of it that is over', async () => {
    const meter = aMeter()
    const expiry = `${prefix}own_credential_expiry_seconds`
    const samples = async () => (await meter.render()).split('\n').filter((line) => line.startsWith(expiry))
    expect(await samples()).to.deep.equal([])
    let values: ReadonlyArray<GaugeValue> = [
      { value: 60, labels: { registry: 'rhit', kind: 'client_certificate' } },
      { value: -1, labels: { kind: 'server_certificate', file: 'canary' } },
    ]
    meter.follow('own_credential_expiry_seconds', () => values)()
    expect(await samples()).to.deep.equal([
      `${expiry}{registry="rhit",kind="client_certificate",${base}} 60`,
      `${expiry}{kind="server_certificate",${base}} -1`,
    ])
    values = [{ value: 59, labels: { registry: 'rhit', kind: 'client_certificate' } }]
    expect(await samples()).to.deep.equal([`${expiry}{registry="rhit",kind="client_certificate",${base}} 59`])
  })

  it('leaves out a label that the metric does not have, and a value that is none', async () => {
    const meter = aMeter()
    meter.count('http_requests_total', { method: 'GET', path: '/healthz', status_code: '200', cluster_id: 'canary' })()
    meter.set('http_requests_in_flight', Number.NaN, {})()
    meter.observe('http_request_duration_seconds', Number.POSITIVE_INFINITY, {})()
    const text = await meter.render()
    expect(text).to.match(/http_requests_total\{[^}]*\} 1\n/)
    expect(text).not.to.match(/canary|NaN|http_request_duration_seconds_count\{/)
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
