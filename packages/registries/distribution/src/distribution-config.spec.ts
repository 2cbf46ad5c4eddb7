import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { distributionRegistry } from './distribution-registry.ts'

const fieldsOf = (section: unknown) =>
  E.match(
    (mismatches: ReadonlyArray<{ readonly field: string; readonly rule: string }>) =>
      mismatches.map(({ field, rule }) => `${field} ${rule}`),
    () => ['none'],
  )(distributionRegistry.decodeConfig(section))

describe('the configuration of a distribution registry', () => {
  const config = { registry_url: 'https://registry.example.com:5000', htpasswd_file: '/etc/registry/htpasswd' }

  it('gives the host with its port', () => {
    const decoded = { registryUrl: config.registry_url, htpasswdFile: config.htpasswd_file, insecureHttp: false }
    expect(distributionRegistry.decodeConfig(config)).to.deep.equal(E.right(decoded))
    expect(distributionRegistry.hosts(decoded)).to.deep.equal(['registry.example.com:5000'])
    expect(distributionRegistry.aliases(decoded)).to.deep.equal([])
  })

  it('is refused by field and rule', () => {
    expect(fieldsOf({})).to.have.members(['registry_url required', 'htpasswd_file required'])
    expect(fieldsOf({ ...config, registry_url: 'http://registry.internal' })).to.deep.equal(['registry_url invalid'])
    expect(fieldsOf({ ...config, registry_url: 'http://registry.internal', insecure_http: true })).to.deep.equal([
      'none',
    ])
    expect(fieldsOf({ ...config, htpasswd_file: 'htpasswd' })).to.deep.equal(['htpasswd_file format'])
    expect(fieldsOf({ ...config, htpasswd_file: '/etc/registry/' })).to.deep.equal(['htpasswd_file format'])
    expect(fieldsOf({ ...config, realm: 'x' })).to.deep.equal(['realm unknown'])
  })
})
