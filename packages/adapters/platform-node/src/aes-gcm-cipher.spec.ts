import { type Meter, secretText } from '@pull-secret/domain'
import { cipherSuite } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { makeAesGcmCipher } from './aes-gcm-cipher.ts'
import type { KeyRing } from './key-ring.ts'
import { generateKeyRing, parseKeyRing, type RingKey } from './key-ring-text.ts'
import type { SparingLog } from './sparing-log.ts'

const aKey = (id: string): RingKey => {
  const ring = parseKeyRing(generateKeyRing(0).reveal())
  if (E.isLeft(ring)) throw new Error(ring.left)
  return { ...ring.right.writing, id }
}

const aRing = (writing: RingKey, ...others: ReadonlyArray<RingKey>): KeyRing => ({
  writing: () => writing,
  find: (id) => [writing, ...others].find((key) => key.id === id),
  all: () => [writing, ...others],
})

const log: SparingLog = () => undefined

const meter: Meter = { count: () => () => undefined, observe: () => () => undefined, set: () => () => undefined }

const sealedBy = (ring: KeyRing, text: string, associatedData = 'row-1/quay'): string =>
  E.getOrElse(() => 'not sealed')(
    makeAesGcmCipher({ keyRing: ring, log, meter }).seal(secretText(text), associatedData),
  )

describe('the AES-GCM cipher', () => {
  const august = aKey('2026-08')
  const november = aKey('2026-11')
  const open = (ring: KeyRing, sealed: string, associatedData = 'row-1/quay') =>
    E.map((text: { reveal: () => string }) => text.reveal())(
      makeAesGcmCipher({ keyRing: ring, log, meter }).open(sealed, associatedData),
    )
  cipherSuite(() => ({ cipher: makeAesGcmCipher({ keyRing: aRing(november), log, meter }), hides: true }))

  const refusal = (keyId: string) => E.left({ code: 'KEY_UNAVAILABLE', keyId })

  it('names its version and key', () => {
    expect(sealedBy(aRing(november), 'a token')).to.match(/^v1\.2026-11\.[A-Za-z0-9_-]+$/)
  })

  it('reads what an older key of the ring sealed', () => {
    expect(open(aRing(november, august), sealedBy(aRing(august), 'a token'))).to.deep.equal(E.right('a token'))
  })

  it('says which key is missing', () => {
    expect(open(aRing(november), sealedBy(aRing(august), 'a token'))).to.deep.equal(refusal('2026-08'))
  })

  it('refuses another key under the same id', () => {
    expect(open(aRing(aKey('2026-11')), sealedBy(aRing(november), 'a token'))).to.deep.equal(refusal('2026-11'))
  })

  it('knows no key of a text that it did not make', () => {
    for (const foreign of ['', 'plain', 'a.canary.b', 'v2.2026-11.AAAA', 'v1.2026-11.AAAA.canary']) {
      expect(open(aRing(november), foreign)).to.deep.equal(refusal('unknown'))
    }
  })

  describe('of what it cannot open', () => {
    const watched = (ring: KeyRing) => {
      const lines: Array<unknown> = []
      const counts: Array<unknown> = []
      const cipher = makeAesGcmCipher({
        keyRing: ring,
        log: (cause, level, _message, fields) => void lines.push([cause, level, fields]),
        meter: { ...meter, count: (name, labels) => () => void counts.push([name, labels]) },
      })
      return {
        lines,
        counts,
        open: (sealed: string, associatedData = 'row-1/quay') => cipher.open(sealed, associatedData),
      }
    }
    const damaged = ['cipher_failures_total', { reason: 'damaged' }]
    const unknownKey = ['cipher_failures_total', { reason: 'unknown_key' }]

    const line = (reason: string, keyId: string) => [`cipher ${reason} ${keyId}`, 'error', { key_id: keyId, reason }]

    it('tells a missing key from damage, a foreign row and another key under the same id', () => {
      const sealed = sealedBy(aRing(november), 'a token')
      const { open: openWatched, counts, lines } = watched(aRing(november, aKey('2026-08')))
      openWatched(sealed)
      expect([counts, lines]).to.deep.equal([[], []])
      openWatched(sealed, 'row-2/quay')
      openWatched(`${sealed}A`)
      openWatched(sealedBy(aRing(august), 'a token'))
      openWatched('plain')
      openWatched(sealedBy(aRing(aKey('2026-01')), 'a token'))
      expect(counts).to.deep.equal([damaged, damaged, damaged, damaged, unknownKey])
      expect(lines).to.deep.equal([
        line('damaged', '2026-11'),
        line('damaged', '2026-11'),
        line('damaged', '2026-08'),
        line('damaged', 'unknown'),
        line('unknown_key', '2026-01'),
      ])
    })

    it('repeats nothing of a key id that no key can have', () => {
      const { open: openWatched, lines } = watched(aRing(november))
      openWatched('v1.canary canary.AAAA')
      expect(lines).to.deep.equal([line('unknown_key', 'unreadable')])
    })
  })
})
