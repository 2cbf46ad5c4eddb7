import { expect } from 'chai'
import fc from 'fast-check'
import { quayControlName, quayRobotName } from './quay-robot-name.ts'

const entropy = fc.stringMatching(/^[0-9a-f]{32}$/)
const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom('gcp', 'aws', 'us-central1', 'eu.west.1', 'ÉTÉ', '', '---'),
)
const ingredients = fc.record({
  clusterId: anyText,
  credentialId: fc.uuid(),
  cloudProvider: fc.option(anyText, { nil: undefined }),
  region: fc.option(anyText, { nil: undefined }),
  entropy,
})
const legalAtQuay = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/

describe('the name of a robot', () => {
  const hex = '0123456789abcdef'.repeat(2)
  const named = (parts: { readonly cloudProvider?: string; readonly region?: string }) =>
    quayRobotName({ clusterId: 'cls-one', credentialId: 'c', entropy: hex, ...parts })

  it('tells provider and region, without hyphens and dots', () => {
    expect(named({ cloudProvider: 'gcp', region: 'us-central1' })).to.equal(
      'hyperfleet_gcp_uscentral1_0123456789abcdef',
    )
    expect(named({ cloudProvider: 'AWS', region: 'eu.west-1' })).to.equal('hyperfleet_aws_euwest1_0123456789abcdef')
  })

  it('leaves out what is not told', () => {
    expect(named({})).to.equal('hyperfleet_0123456789abcdef')
    expect(named({ region: 'us-east1' })).to.equal('hyperfleet_useast1_0123456789abcdef')
    expect(named({ cloudProvider: '--', region: '.' })).to.equal('hyperfleet_0123456789abcdef')
  })

  it('is legal at Quay and fits beside the longest organisation, for every provider and region', () => {
    fc.assert(
      fc.property(ingredients, (given) => {
        const name = quayRobotName(given)
        expect(name).to.match(legalAtQuay)
        expect(`${'o'.repeat(165)}+${name}`.length).to.be.at.most(255)
      }),
    )
  })

  it('says nothing about the cluster, and differs with its random part', () => {
    fc.assert(
      fc.property(ingredients, entropy, (given, other) => {
        expect(quayRobotName({ ...given, clusterId: 'another' })).to.equal(quayRobotName(given))
        expect(quayRobotName({ ...given, entropy: other }) === quayRobotName(given)).to.equal(
          other.slice(0, 16) === given.entropy.slice(0, 16),
        )
      }),
    )
  })
})

describe('the name of the control robot', () => {
  it('is legal, and another for every deployment', () => {
    expect(quayControlName('Någon/where')).to.match(legalAtQuay)
    expect(quayControlName('one')).to.equal(quayControlName('one')).and.not.to.equal(quayControlName('two'))
  })
})
