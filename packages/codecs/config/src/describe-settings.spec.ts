import { expect } from 'chai'
import { describeRegistryKeys, describeSettings } from './index.ts'

describe('the settings in words', () => {
  it('say of each what it means in one line', () => {
    for (const { meaning, type } of [...describeSettings(), ...describeRegistryKeys()]) {
      expect(meaning).to.match(/^[^\n]{5,100}[^.\n]$/)
      expect(type).to.not.equal('')
    }
  })

  it('have defaults as a variable would have them', () => {
    const defaults = new Map(describeSettings().map((setting) => [setting.path, setting.default]))
    expect(defaults.get('server.port')).to.equal('8080')
    expect(defaults.get('telemetry.log_format')).to.equal('json')
    expect(defaults.get('server.cloud_providers')).to.equal('["gcp","aws","azure","oci"]')
    expect(defaults.get('deployment.id')).to.equal(undefined)
  })
})
