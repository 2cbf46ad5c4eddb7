import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { distributionRegistry } from './index.ts'

const fieldsOf = (section: unknown) =>
  E.match(
    (mismatches: ReadonlyArray<{ readonly field: string; readonly rule: string }>) =>
      mismatches.map(({ field, rule }) => `${field} ${rule}`),
    () => ['none'],
  )(distributionRegistry.decodeConfig(section))

describe('the configuration of a distribution registry', () => {
  const config = { registry_url: 'https://registry.example.com:5000', htpasswd_file: '/etc/registry/htpasswd' }

  it('gives the host with its port', () => {
    expect(fieldsOf(config)).to.deep.equal(['none'])
    expect(distributionRegistry.hosts(config)).to.deep.equal(['registry.example.com:5000'])
    expect(distributionRegistry.aliases(config)).to.deep.equal([])
  })

  it('is refused by field and rule', () => {
    expect(fieldsOf({})).to.have.members(['registry_url required', 'htpasswd_file required'])
    expect(fieldsOf({ ...config, htpasswd_file: 'htpasswd' })).to.deep.equal(['htpasswd_file format'])
    expect(fieldsOf({ ...config, htpasswd_file: '/etc/registry/' })).to.deep.equal(['htpasswd_file format'])
    expect(fieldsOf({ ...config, realm: 'x' })).to.deep.equal(['realm unknown'])
  })
})
