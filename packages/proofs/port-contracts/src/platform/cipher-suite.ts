import { inspect } from 'node:util'
import { type Cipher, secretText } from '@pull-secret/domain'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'

export interface CipherSubject {
  readonly cipher: Cipher
  /** Whether it hides what it seals from somebody who sees the sealed text, or only binds it to its row. */
  readonly hides: boolean
}

const row = 'row-1/quay'
const texts = ['', 'a token', 'ünïcödé 🔑', '{"auths":{}}', 'x'.repeat(100_000)]

/** Every encoding in which a careless cipher might leave the text readable. */
const readings = (text: string): ReadonlyArray<string> =>
  (['utf8', 'base64', 'base64url', 'hex'] as const).map((encoding) => Buffer.from(text).toString(encoding))

/** What every adapter of `Cipher` keeps. */
export const cipherSuite = (open: () => CipherSubject): void => {
  describe('as a cipher', () => {
    let subject: CipherSubject
    beforeEach(() => {
      subject = open()
    })

    const seal = (text: string, associatedData = row): string => {
      const sealed = subject.cipher.seal(secretText(text), associatedData)
      if (E.isLeft(sealed)) throw new Error('a text was not sealed')
      return sealed.right
    }
    const opened = (sealed: string, associatedData = row): string =>
      E.match(
        (failure: { readonly code: string }) => failure.code,
        (text: { reveal: () => string }) => `opened: ${text.reveal()}`,
      )(subject.cipher.open(sealed, associatedData))
    const cut = (sealed: string): ReadonlyArray<string> =>
      Array.from({ length: sealed.length }, (_, length) => sealed.slice(0, length))
    const changed = (sealed: string): ReadonlyArray<string> =>
      Array.from(
        sealed,
        (character, at) => `${sealed.slice(0, at)}${character === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`,
      )

    it('gives back what it sealed, as often as it is asked', () => {
      for (const text of texts) {
        const sealed = seal(text)
        expect([opened(sealed), opened(sealed)]).to.deep.equal([`opened: ${text}`, `opened: ${text}`])
      }
    })

    it('opens nothing for another row', () => {
      const sealed = seal('a token')
      for (const other of ['', 'row-2/quay', 'row-1/quay ', 'ROW-1/QUAY', 'row-1'])
        expect(opened(sealed, other), other).to.equal('KEY_UNAVAILABLE')
    })

    it('opens nothing that was cut, or to which something was added', () => {
      const sealed = seal('a token')
      for (const damaged of [...cut(sealed), `${sealed}A`, `${sealed}=`, ` ${sealed}`])
        expect(opened(damaged), damaged).to.equal('KEY_UNAVAILABLE')
    })

    it('opens nothing of which any character was changed', () => {
      for (const damaged of changed(seal('a token'))) expect(opened(damaged), damaged).to.equal('KEY_UNAVAILABLE')
    })

    it('refuses what no cipher made, and repeats nothing of it', () => {
      for (const foreign of ['', 'canary', 'a.canary.b', '{"canary":1}', '["canary"', 'v9.canary.AAAA']) {
        const answer = subject.cipher.open(foreign, row)
        expect(E.isLeft(answer) && answer.left.code, foreign).to.equal('KEY_UNAVAILABLE')
        expect(JSON.stringify(answer)).not.to.include('canary')
      }
    })

    it('hides what it seals exactly if it says so', () => {
      const canary = 'a canary in the mine'
      const sealed = seal(canary)
      expect(sealed).not.to.include(canary)
      expect(readings(canary).some((reading) => sealed.includes(reading.replace(/=+$/, '')))).to.equal(!subject.hides)
    })

    it('seals the same text differently each time exactly if it hides it', () => {
      expect(seal('a token') !== seal('a token')).to.equal(subject.hides)
    })

    it('gives a text that nobody prints by accident', () => {
      const answer = subject.cipher.open(seal('canary'), row)
      expect([JSON.stringify(answer), inspect(answer, { depth: 9 })].join()).not.to.include('canary')
    })
  })
}
