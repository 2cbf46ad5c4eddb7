import { expect } from 'chai'
import { makeRedactToken } from './redact-token.ts'

const tokens = [
  'canary-token',
  'canary.token~of/every+kind="&<>\'\\%;:,!',
  'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln_bmF0-dXJl',
]

const each = (text: string, form: (code: number) => string): string =>
  [...text].map((character) => form(character.charCodeAt(0))).join('')

const hex = (code: number): string => code.toString(16).padStart(2, '0')

const forms: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'as JSON': (text) => JSON.stringify(text).slice(1, -1),
  'as JSON in JSON': (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3),
  'as escapes of JSON': (text) => each(text, (code) => `\\u00${hex(code)}`),
  'as escapes of JavaScript': (text) => each(text, (code) => `\\x${hex(code).toUpperCase()}`),
  'in a URL': encodeURIComponent,
  'in a URL within a URL': (text) => encodeURIComponent(encodeURIComponent(text)),
  'percent by percent': (text) => each(text, (code) => `%${hex(code)}`),
  'as entities of HTML': (text) => each(text, (code) => `&#${String(code)};`),
  'as hexadecimal entities': (text) => each(text, (code) => `&#x${hex(code)};`),
  'in HTML': (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  'in base64': (text) => Buffer.from(text).toString('base64'),
  'in base64 in a URL': (text) => encodeURIComponent(Buffer.from(text).toString('base64')),
  'in base64url': (text) => Buffer.from(text).toString('base64url'),
  'in hexadecimal': (text) => Buffer.from(text).toString('hex'),
  'in capital hexadecimal': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'as Node shows bytes': (text) => each(text, (code) => `${hex(code)} `),
}

const contexts: ReadonlyArray<(text: string) => string> = [
  (text) => text,
  (text) => `Bearer ${text}`,
  (text) => `user:${text}`,
  (text) => `x${text} and more`,
]

describe('a token that a text repeats', () => {
  for (const [name, form] of Object.entries(forms)) {
    it(`is redacted ${name}, whatever stands around it`, () => {
      for (const token of tokens) {
        for (const context of contexts) {
          const text = form(context(token))
          const redacted = makeRedactToken(token)(text)
          expect(redacted).to.include('[redacted]')
          // Of base64 a character at either end may remain: its bits belong to the neighbours too.
          expect(redacted).not.to.include(form(token).slice(4, -4))
        }
      }
    })
  }

  it('leaves every other text alone', () => {
    for (const text of ['', 'what went wrong', 'canary', 'Y2FuYXJ5', '%63%61', '[redacted]'])
      expect(makeRedactToken('canary-token')(text)).to.equal(text)
    for (const text of ['WA== and eA==', '78', '[78]']) expect(makeRedactToken('x')(text)).to.equal(text)
  })

  it('is looked for in a text that is made to make the search slow', () => {
    for (const text of ['\\', '%25', '&amp;', '&#0', 'canary-toke', '63616e', '63 61 '])
      expect(makeRedactToken('canary-token')(text.repeat(100_000))).not.to.include('[redacted]')
  })
})
