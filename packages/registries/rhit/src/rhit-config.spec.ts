import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { rhitRegistry } from './rhit-registry.ts'

const files = { cert: 'client.pem', key: 'client.key' }

const refusedFields = (section: unknown): ReadonlyArray<string> => {
  const result = rhitRegistry.decodeConfig(section)
  return E.isLeft(result) ? result.left.map(({ field }) => field) : []
}

describe('the configuration of rhit', () => {
  it('needs the files of mutual TLS only', () => {
    expect(rhitRegistry.decodeConfig(files)).to.deep.equal(
      E.right({
        baseUrl: 'https://api.access.redhat.com/management',
        collectionPath: '/v1/partners/{partner_code}/service-accounts',
        partnerCode: 'hyperfleet',
        certificateFile: 'client.pem',
        keyFile: 'client.key',
        caFile: undefined,
        registryUrl: 'https://registry.redhat.io',
        usernamePrefix: '|',
        conflictStatuses: [409],
        notFoundStatuses: [404],
        insecureHttp: false,
      }),
    )
    expect(refusedFields({})).to.have.members(['cert', 'key'])
  })

  it('takes the address of the API with or without its version', () => {
    expect(
      rhitRegistry.decodeConfig({ ...files, base_url: 'https://api.access.redhat.com/management/v1' }),
    ).to.have.nested.property('right.baseUrl', 'https://api.access.redhat.com/management')
  })

  it('sends tokens in clear text to this machine only, unless told to', () => {
    const section = { ...files, base_url: 'http://api.internal', registry_url: 'http://registry.internal' }
    expect(refusedFields(section)).to.have.members(['base_url', 'registry_url'])
    expect(refusedFields({ ...section, insecure_http: true })).to.deep.equal([])
  })

  it('serves the registry it logs in at, and registry.connect.redhat.com as an alias', () => {
    const config = rhitRegistry.decodeConfig({ ...files, registry_url: 'https://registry.stage.redhat.io' })
    expect(E.isRight(config) && rhitRegistry.hosts(config.right)).to.deep.equal(['registry.stage.redhat.io'])
    expect(E.isRight(config) && rhitRegistry.aliases(config.right)).to.deep.equal(['registry.connect.redhat.com'])
  })

  it('refuses a path without the partner, a partner that changes the path, other statuses and unknown keys', () => {
    expect(refusedFields({ ...files, collection_path: '/v1/accounts' })).to.deep.equal(['collection_path'])
    expect(refusedFields({ ...files, partner_code: '../other' })).to.deep.equal(['partner_code'])
    expect(refusedFields({ ...files, conflict_statuses: [200] })).to.deep.equal(['conflict_statuses.0'])
    expect(refusedFields({ ...files, certificate: 'x' })).to.deep.equal(['certificate'])
  })
})
