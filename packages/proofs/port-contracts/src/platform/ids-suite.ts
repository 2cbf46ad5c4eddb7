import type { Ids } from '@pull-secret/domain'
import { expect } from 'chai'

const draws = 256

const bitsOf = (bytes: Buffer): ReadonlyArray<number> =>
  [...bytes].flatMap((byte) => Array.from({ length: 8 }, (_, bit) => (byte >> bit) & 1))

/** Bits that came out alike in every draw; for a fair source as good as impossible. */
const stuckBits = (drawn: ReadonlyArray<Buffer>): number => {
  const bits = drawn.map(bitsOf)
  return (bits[0] ?? []).filter((first, index) => bits.every((one) => one[index] === first)).length
}

/** What every adapter of `Ids` keeps. */
export const idsSuite = (open: () => Ids): void => {
  describe('as a source of ids', () => {
    const drawnFrom = (ids: Ids) =>
      Array.from({ length: draws }, () => ({ uuid: ids.uuid(), entropy: ids.entropy(), secret: ids.secret() }))

    it('gives UUIDs of version 4 in lower case', () => {
      for (const { uuid } of drawnFrom(open()))
        expect(uuid).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    })

    it('gives entropy as 32 lower-case hexadecimal digits', () => {
      for (const { entropy } of drawnFrom(open())) expect(entropy).to.match(/^[0-9a-f]{32}$/)
    })

    it('gives secrets as 43 characters of base64url', () => {
      for (const { secret } of drawnFrom(open())) expect(secret).to.match(/^[A-Za-z0-9_-]{43}$/)
    })

    it('gives nothing twice, not even from two sources opened alike', () => {
      const drawn = [open(), open()].flatMap(drawnFrom).flatMap(({ uuid, entropy, secret }) => [uuid, entropy, secret])
      expect(new Set(drawn).size).to.equal(drawn.length)
    })

    it('draws every bit of an id', () => {
      const fixed = 6
      expect(stuckBits(drawnFrom(open()).map(({ uuid }) => Buffer.from(uuid.replaceAll('-', ''), 'hex')))).to.equal(
        fixed,
      )
    })

    it('draws every bit of entropy', () => {
      expect(stuckBits(drawnFrom(open()).map(({ entropy }) => Buffer.from(entropy, 'hex')))).to.equal(0)
    })

    it('draws every bit of a secret', () => {
      expect(stuckBits(drawnFrom(open()).map(({ secret }) => Buffer.from(secret, 'base64url')))).to.equal(0)
    })
  })
}
