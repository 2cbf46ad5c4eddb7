import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { extendKeyRing, generateKeyRing, parseKeyRing } from './key-ring-text.ts'

const material = Buffer.alloc(32, 7).toString('base64')
const aKey = (change: object = {}) => ({ id: '2026-11', key: material, created_at: '2026-11-01T00:00:00Z', ...change })
const problemOf = (ring: unknown) =>
  E.match(
    (problem: string) => problem,
    () => 'none',
  )(parseKeyRing(typeof ring === 'string' ? ring : JSON.stringify(ring)))

describe('the text of a key ring', () => {
  it('gives the writing key and every readable key', () => {
    const ring = parseKeyRing(JSON.stringify({ writing: '2026-11', keys: [aKey({ id: '2026-08' }), aKey()] }))
    expect(E.isRight(ring) && ring.right.writing).to.include({ id: '2026-11', createdAt: Date.UTC(2026, 10, 1) })
    expect(E.isRight(ring) && [...ring.right.byId.keys()]).to.deep.equal(['2026-08', '2026-11'])
  })

  it('is refused by field and rule', () => {
    expect(problemOf('{"writing": ')).to.equal('must be valid JSON')
    expect(problemOf({ keys: [aKey()] })).to.equal('writing is required (a key id)')
    expect(problemOf({ writing: '2026-11', keys: [aKey({ key: 'dG9vIHNob3J0' })] })).to.equal(
      'keys.0.key must be 32 bytes in base64',
    )
    expect(problemOf({ writing: '2026-11', keys: [aKey({ id: 'a.b' })] })).to.equal(
      'keys.0.id must be 1 to 64 letters, digits, _ or -',
    )
    expect(problemOf({ writing: '2026-11', keys: [aKey({ created_at: '2026-11-01' })] })).to.include(
      'keys.0.created_at must be a UTC time',
    )
    expect(problemOf({ writing: '2026-12', keys: [aKey()] })).to.equal('writing must be the id of one of the keys')
    expect(problemOf({ writing: '2026-11', keys: [aKey(), aKey()] })).to.equal('keys must have unique ids')
    expect(problemOf({ writing: '2026-11', keys: [aKey({ material })] })).to.equal(
      'keys.0.material is an unknown field',
    )
  })

  it('may be one key alone, under an id that is always the same', () => {
    const rings = [parseKeyRing(material), parseKeyRing(`\n${material}\n`)]
    for (const ring of rings) {
      expect(E.isRight(ring) && ring.right.writing).to.include({ id: 'encryption_key', createdAt: 0 })
      expect(E.isRight(ring) && ring.right.writing.key.export().toString('base64')).to.equal(material)
      expect(E.isRight(ring) && [...ring.right.byId.keys()]).to.deep.equal(['encryption_key'])
    }
    for (const other of [material.slice(4), `${material} ${material}`, `"${material}"`, ''])
      expect(problemOf(other)).to.equal('must be a key ring in JSON, or one key: 32 bytes in base64')
  })

  it('is never repeated by a refusal', () => {
    const broken = [
      `canary${material}`,
      `{"writing":"canary",canary`,
      { writing: 7, keys: 'canary' },
      { writing: 'x', keys: [aKey({ key: `canary${material}` })] },
    ]
    expect(broken.map(problemOf).join()).not.to.match(new RegExp(`canary|${material}`))
  })

  it('is made fresh with one key named after the month', () => {
    const ring = parseKeyRing(generateKeyRing(Date.UTC(2026, 10, 21)).reveal())
    expect(E.isRight(ring) && ring.right.writing).to.include({ id: '2026-11', createdAt: Date.UTC(2026, 10, 21) })
    expect(generateKeyRing(0).reveal()).not.to.equal(generateKeyRing(0).reveal())
  })

  describe('that gets one key more', () => {
    const november = Date.UTC(2026, 10, 21)
    const before = generateKeyRing(november).reveal()
    const extended = (text: string, standby: boolean) => {
      const ring = extendKeyRing(text, november, { standby })
      return E.isRight(ring) ? parseKeyRing(ring.right.reveal()) : ring
    }

    it('keeps a key that stood alone under its id', () => {
      const ring = extended(material, false)
      expect(E.isRight(ring) && [...ring.right.byId.keys()]).to.deep.equal(['encryption_key', '2026-11'])
      expect(E.isRight(ring) && ring.right.writing.id).to.equal('2026-11')
      const kept = E.isRight(ring) ? ring.right.byId.get('encryption_key') : undefined
      expect(kept?.key.export().toString('base64')).to.equal(material)
    })

    it('keeps every key it had, and encrypts with the new one', () => {
      const [old, ring] = [parseKeyRing(before), extended(before, false)]
      if (E.isLeft(old) || E.isLeft(ring)) throw new Error('both are key rings')
      expect([...ring.right.byId.keys()]).to.deep.equal(['2026-11', '2026-11-2'])
      expect(ring.right.writing.id).to.equal('2026-11-2')
      expect(ring.right.byId.get('2026-11')?.key.equals(old.right.writing.key)).to.equal(true)
      expect(ring.right.byId.get('2026-11')?.createdAt).to.equal(november)
    })

    it('encrypts with the key it had while the new one stands by', () => {
      const ring = extended(before, true)
      expect(E.isRight(ring) && ring.right.writing.id).to.equal('2026-11')
      expect(E.isRight(ring) && ring.right.byId.size).to.equal(2)
    })

    it('is refused by field and rule where it is none', () => {
      expect(extended('{"keys":[]}', false)).to.deep.equal(E.left('writing is required (a key id)'))
    })
  })
})
