import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { decode, exactly, nonEmptyText, webAddress, wholeNumber } from './index.ts'

const mismatchesOf = (codec: t.Decoder<unknown, unknown>, value: unknown) => {
  const result = decode(codec, value)
  return E.isLeft(result) ? result.left : []
}

describe('decode', () => {
  const codec = exactly(
    'a registry',
    { id: nonEmptyText, config: t.type({ base_url: webAddress }) },
    { size: wholeNumber(1, 9) },
  )

  it('accepts what fits', () => {
    expect(decode(codec, { id: 'quay', config: { base_url: 'https://quay.io/' } })).to.deep.equal(
      E.right({ id: 'quay', config: { base_url: 'https://quay.io' } }),
    )
  })

  it('names the path of a missing field', () => {
    expect(mismatchesOf(codec, { id: 'quay', config: {} })).to.deep.equal([
      { field: 'config.base_url', rule: 'required', message: 'config.base_url is required (an http or https address)' },
    ])
  })

  it('names the rule that a value breaks', () => {
    expect(
      mismatchesOf(codec, { id: ' ', size: 10, config: { base_url: 'ftp://x' } }).map(({ field, rule }) => [
        field,
        rule,
      ]),
    ).to.have.deep.members([
      ['id', 'format'],
      ['size', 'format'],
      ['config.base_url', 'format'],
    ])
  })

  it('refuses an unknown field', () => {
    expect(mismatchesOf(codec, { id: 'quay', config: { base_url: 'https://quay.io' }, tokn: 'x' })).to.deep.equal([
      { field: 'tokn', rule: 'unknown', message: 'tokn is an unknown field' },
    ])
  })

  it('never repeats the value', () => {
    const messages = JSON.stringify([
      mismatchesOf(codec, 'canary-value'),
      mismatchesOf(codec, { id: 7, size: 'canary-value', config: { base_url: 'canary-value' } }),
      mismatchesOf(webAddress, 'https://user:canary-value@quay.io'),
    ])
    expect(messages).not.to.include('canary')
  })
})
