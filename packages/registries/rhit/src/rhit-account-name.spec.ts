import { expect } from 'chai'
import fc from 'fast-check'
import { base32 } from './base32.ts'
import { nameMaximum, rhitAccountName, rhitControlNames } from './rhit-account-name.ts'

const digits = (unit: string) => fc.constantFrom(...unit)
const entropy = fc.string({ unit: digits('0123456789abcdef'), minLength: 32, maxLength: 32 })
const shortId = fc
  .string({ unit: digits('abcdefghijklmnopqrstuvwxyz0123456789'), minLength: 6, maxLength: 36 })
  .map((text) => `cls-${text}`)
const acceptedId = fc.oneof(
  fc.uuid(),
  shortId,
  fc.string({ minLength: 1, maxLength: 64 }),
  fc.string({ unit: digits('ab-'), minLength: 1, maxLength: 64 }),
)
const legalAtVendor = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

const nameOf = (clusterId: string, drawn: string): string =>
  rhitAccountName({ clusterId, credentialId: 'c', entropy: drawn })
const suffixOf = (name: string): string => name.slice(name.lastIndexOf('-') + 1)

describe('the name of a service account', () => {
  const drawn = '0123456789abcdef'.repeat(2)

  it('is legal and short enough, for every cluster id the service accepts', () => {
    fc.assert(
      fc.property(acceptedId, entropy, (clusterId, given) => {
        const name = nameOf(clusterId, given)
        expect(name).to.match(legalAtVendor)
        expect(name.length).to.be.at.most(nameMaximum)
        expect(name.startsWith('hyp-cls-')).to.equal(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('ends in at least four random digits, and differs as soon as they do', () => {
    fc.assert(
      fc.property(acceptedId, entropy, entropy, (clusterId, one, other) => {
        const name = nameOf(clusterId, one)
        const length = suffixOf(name).length
        expect(length).to.be.at.least(4)
        expect(name).to.equal(nameOf(clusterId, one))
        const differ =
          base32(Buffer.from(one, 'hex')).slice(0, length) !== base32(Buffer.from(other, 'hex')).slice(0, length)
        expect(nameOf(clusterId, other) !== name).to.equal(differ)
      }),
    )
  })

  it('tells the cluster id, without repeating its cls-', () => {
    expect(nameOf('cls-abc123', drawn)).to.equal('hyp-cls-abc123-aerukz4jvpg6')
    expect(nameOf('0193f5a2-7c1e-7d3a-9b52-3f0c8e6d1a47', drawn)).to.equal(
      'hyp-cls-0193f5a2-7c1e-7d3a-9b52-3f0c8e6d1a47-aeru',
    )
  })

  it('tells a hash of an id that is too long or holds other characters', () => {
    for (const id of ['x'.repeat(37), 'Cluster', 'a--b', '-a', 'a-', 'a_b', 'ü', 'cls-', ''])
      expect(nameOf(id, drawn)).to.match(/^hyp-cls-[a-z2-7]{24}-[a-z2-7]{12}$/)
    expect(nameOf('Cluster', drawn)).not.to.equal(nameOf('CLUSTER', drawn))
    expect(nameOf('x'.repeat(36), drawn)).to.include('x'.repeat(36))
  })
})

describe('the names of the control account', () => {
  it('are legal, distinct, and others for every deployment', () => {
    const names = [...rhitControlNames('Någon/where'), ...rhitControlNames('elsewhere')]
    for (const name of names)
      expect(name)
        .to.match(legalAtVendor)
        .and.satisfy((text: string) => text.length <= nameMaximum)
    expect(new Set(names).size).to.equal(6)
  })
})
