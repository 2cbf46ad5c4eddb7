import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { quayRegistry } from './quay-registry.ts'

const refusedFields = (section: unknown): ReadonlyArray<string> => {
  const result = quayRegistry.decodeConfig(section)
  return E.isLeft(result) ? result.left.map(({ field }) => field) : []
}

describe('the configuration of quay', () => {
  it('needs a token file only', () => {
    expect(quayRegistry.decodeConfig({ token_file: 'token' })).to.deep.equal(
      E.right({
        baseUrl: 'https://quay.io',
        organization: 'redhat-openshift',
        team: 'hyperfleet-installers',
        tokenFile: 'token',
        insecureHttp: false,
      }),
    )
    expect(refusedFields({})).to.deep.equal(['token_file'])
  })

  it('takes the address of the API for that of the server', () => {
    expect(
      quayRegistry.decodeConfig({ token_file: 'token', base_url: 'https://quay.example.com:8443/api/v1/' }),
    ).to.have.nested.property('right.baseUrl', 'https://quay.example.com:8443')
  })

  it('sends its token in clear text to this machine only, unless told to', () => {
    const section = { token_file: 'token', base_url: 'http://quay.internal' }
    expect(refusedFields(section)).to.deep.equal(['base_url'])
    expect(refusedFields({ ...section, insecure_http: true })).to.deep.equal([])
    expect(refusedFields({ ...section, base_url: 'http://localhost:8080' })).to.deep.equal([])
  })

  it('serves its own host, and cloud.openshift.com as an alias', () => {
    const config = {
      baseUrl: 'https://quay.example.com:8443',
      organization: 'acme',
      team: 'pullers',
      tokenFile: 'token',
    }
    expect(quayRegistry.hosts(config)).to.deep.equal(['quay.example.com:8443'])
    expect(quayRegistry.aliases(config)).to.deep.equal(['cloud.openshift.com'])
  })

  it('refuses names that Quay refuses, an organisation without room for robots, and unknown keys', () => {
    expect(refusedFields({ token_file: 'token', organization: 'Acme', team: 'a__b' })).to.have.members([
      'organization',
      'team',
    ])
    expect(refusedFields({ token_file: 'token', organization: 'o'.repeat(166) })).to.deep.equal(['organization'])
    expect(refusedFields({ token_file: 'token', organization: 'o'.repeat(165) })).to.deep.equal([])
    expect(refusedFields({ token_file: 'token', token: 'x' })).to.deep.equal(['token'])
  })
})
