import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { parseJson, withoutByteOrderMark } from './index.ts'

describe('the text of a file', () => {
  it('loses the byte order mark before it, and nothing else', () => {
    expect(['\uFEFF{}', '{}', '', '\uFEFF', '\uFEFF\uFEFFa', 'a\uFEFF', ' \n'].map(withoutByteOrderMark)).to.deep.equal(
      ['{}', '{}', '', '', '\uFEFFa', 'a\uFEFF', ' \n'],
    )
  })

  it('is read as JSON, or refused without being repeated', () => {
    expect(parseJson('{"a":1}')).to.deep.equal(E.right({ a: 1 }))
    for (const text of ['', 'canary', '{"canary":', '\0canary']) {
      expect(parseJson(text), text).to.deep.equal(E.left('must be valid JSON'))
    }
  })
})
