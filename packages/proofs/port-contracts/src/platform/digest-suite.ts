import { type Digest, secretText } from '@pull-secret/domain'
import { expect } from 'chai'

/** What every adapter of `Digest` keeps. */
export const digestSuite = (open: () => Digest): void => {
  describe('as a digest', () => {
    const hmac = (key: string, text: string): string => open().hmacSha256(secretText(key), text)

    it('is HMAC-SHA-256 in lower-case hexadecimal, as in the second case of RFC 4231', () => {
      expect(hmac('Jefe', 'what do ya want for nothing?')).to.equal(
        '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      )
    })

    it('takes keys and texts by their UTF-8 bytes', () => {
      expect(hmac('schlüssel', 'ünïcödé 🔑')).to.equal(
        '76987a15eabadd80503f6a24f736985431e80bd53770e356e89f7e44343bfcc1',
      )
    })

    it('takes a key that is longer than a block', () => {
      expect(hmac('k'.repeat(200), 'text')).to.equal('0213fa56a4d26fac09aee9ef2a6faf1f38dfce0d3c4238d63981b8af5d6228ba')
    })

    it('gives the same again, and something else for another key or text', () => {
      expect(hmac('key', 'text')).to.equal(hmac('key', 'text'))
      expect(new Set([hmac('key', 'text'), hmac('Key', 'text'), hmac('key', 'text '), hmac('key', '')]).size).to.equal(
        4,
      )
    })

    it('is SHA-256 in lower-case hexadecimal of the UTF-8 bytes of a text', () => {
      expect(['', 'abc', 'ünïcödé 🔑'].map((text) => open().sha256(text))).to.deep.equal([
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
        'a1bd9430ede06ef81578d6bf360f2af97004de10ab9c1bfae6007f966ff0f625',
      ])
    })

    it('writes the UTF-8 bytes of a text in padded standard base64', () => {
      expect(['', 'é:x', '🔑', '~~~???'].map((text) => open().base64(text))).to.deep.equal([
        '',
        'w6k6eA==',
        '8J+UkQ==',
        'fn5+Pz8/',
      ])
    })
  })
}
