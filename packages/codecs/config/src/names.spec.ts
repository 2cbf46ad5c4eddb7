import { expect } from 'chai'
import { configFlags, flagOf, variableOf } from './names.ts'
import { settingPaths } from './settings.ts'

describe('the names of settings', () => {
  it('follow from their paths', () => {
    expect([variableOf('server.metrics_port'), flagOf('server.metrics_port')]).to.deep.equal([
      'HYPERFLEET_SERVER_METRICS_PORT',
      'server-metrics-port',
    ])
    expect(variableOf('registries')).to.equal('HYPERFLEET_REGISTRIES')
  })

  it('are never shared by two settings', () => {
    expect(new Set(settingPaths.map(variableOf)).size).to.equal(settingPaths.length)
    expect(new Set(configFlags).size).to.equal(configFlags.length)
  })

  it('offer no flag for a secret', () => {
    expect(flagOf('database.url')).to.equal(undefined)
    expect(configFlags).to.include('database-url-file').and.not.to.include('database-url')
  })
})
