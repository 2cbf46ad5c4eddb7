import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { parseHeaderLines } from './header-lines.ts'

describe('lines of headers', () => {
  it('are names and secret values', () => {
    const headers = parseHeaderLines('Authorization: Bearer a:b c\r\n\nx-scope-orgid:\tfleet \n')
    if (E.isLeft(headers)) throw new Error(headers.left)
    const { right } = headers
    expect(Object.entries(right).map(([name, value]) => [name, value.reveal()])).to.deep.equal([
      ['Authorization', 'Bearer a:b c'],
      ['x-scope-orgid', 'fleet'],
    ])
    expect(JSON.stringify(right)).not.to.include('Bearer')
  })

  it('are refused as a whole where one is none, without being repeated', () => {
    for (const text of [
      'canary',
      'canary:',
      'can ary: b',
      ': canary',
      'a: b\ncanary',
      'a: caf\u00e9 canary',
      'a: b\u0007',
    ])
      expect(parseHeaderLines(text), text).to.deep.equal(E.left('every line must read NAME: VALUE'))
  })
})
