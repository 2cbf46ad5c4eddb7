import { expect } from 'chai'
import * as t from 'io-ts'
import { described, exactly, nonEmptyList, oneOf, schemaOf, textMatching, webAddress, wholeNumber } from './index.ts'

describe('the JSON schema of a codec', () => {
  const size = wholeNumber(1, 9)
  const word = textMatching('a word', /^[a-z]+$/, 'must be a word')

  it('follows from the arguments that the codec is made of', () => {
    expect([size, word, oneOf('one', 'two'), nonEmptyList('words', word, 'must name one')].map(schemaOf)).to.deep.equal(
      [
        { type: 'integer', minimum: 1, maximum: 9 },
        { type: 'string', pattern: '^[a-z]+$' },
        { type: 'string', enum: ['one', 'two'] },
        { type: 'array', items: { type: 'string', pattern: '^[a-z]+$' }, minItems: 1 },
      ],
    )
  })

  it('follows from the parts of the codecs of io-ts', () => {
    expect(schemaOf(t.type({ flag: t.boolean, names: t.array(t.string), any: t.unknown }))).to.deep.equal({
      type: 'object',
      properties: { flag: { type: 'boolean' }, names: { type: 'array', items: { type: 'string' } }, any: {} },
      required: ['flag', 'names', 'any'],
    })
    expect(schemaOf(t.record(t.string, t.union([t.number, t.null])))).to.deep.equal({
      type: 'object',
      additionalProperties: { anyOf: [{ type: 'number' }, { type: 'null' }] },
    })
    expect([t.literal('on'), t.literal(true), t.UnknownRecord, t.undefined].map(schemaOf)).to.deep.equal([
      { type: 'string', enum: ['on'] },
      { type: 'boolean', enum: [true] },
      { type: 'object', additionalProperties: true },
      { not: {} },
    ])
  })

  it('joins the records of an intersection, and says of an exact one that it is closed', () => {
    const joined = { type: 'object', properties: { size: schemaOf(size), word: schemaOf(word) }, required: ['size'] }
    expect(schemaOf(t.intersection([t.type({ size }), t.partial({ word })]))).to.deep.equal(joined)
    expect(schemaOf(exactly('a thing', { size }, { word }))).to.deep.equal({ ...joined, additionalProperties: false })
    expect(() => schemaOf(t.intersection([t.type({ size }), t.string]))).to.throw('not all records')
  })

  it('has what people are told of it, and leaves the codec that was described as it is', () => {
    const tale = described(size, 'How large.', { example: 3 })
    expect(schemaOf(tale)).to.deep.equal({ ...schemaOf(size), description: 'How large.', example: 3 })
    expect(schemaOf(size)).not.to.have.property('description')
    expect([tale.is(3), tale.is(10), tale.name]).to.deep.equal([true, false, size.name])
  })

  it('is missed where nothing is known of it', () => {
    const opaque = new t.Type<string>('a riddle', t.string.is, t.string.validate, t.identity)
    for (const codec of [opaque, described(opaque, 'A riddle.'), t.type({ opaque }), webAddress, t.bigint]) {
      expect(() => schemaOf(codec), codec.name).to.throw('has no JSON schema')
    }
    expect(() => schemaOf(textMatching('a word', /^[a-z]+$/i, 'must be a word'))).to.throw(
      '"a word" has no JSON schema',
    )
  })
})
