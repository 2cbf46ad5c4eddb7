// Here and not beside a source file because it proves a suite of port-contracts, over doubles that break it.
import { type Cipher, type Clock, type Digest, type Ids, secretText } from '@pull-secret/domain'
import {
  type CipherSubject,
  cipherSuite,
  type ClockSubject,
  clockSuite,
  digestSuite,
  idsSuite,
} from '@pull-secret/port-contracts'
import * as E from 'fp-ts/lib/Either.js'
import { makeInMemoryDigest, makeInMemoryIds } from '../../src/index.ts'
import { anInMemoryCipher, anInMemoryClock } from '../in-memory-subjects.ts'
import { turnsRed } from './turns-red.ts'

const clockWith =
  (change: (honest: Clock) => Partial<Clock>) =>
  (subject: ClockSubject): ClockSubject => ({ ...subject, clock: { ...subject.clock, ...change(subject.clock) } })

turnsRed<ClockSubject>({
  port: 'the clock',
  suite: clockSuite,
  open: anInMemoryClock,
  breakages: [
    {
      name: 'counts seconds',
      mustFail: 'tells the time in milliseconds since 1970',
      break: clockWith(({ now }) => ({ now: () => Math.floor(now() / 1000) })),
    },
    {
      name: 'reads a wall clock that is set back now and then as its monotonic one',
      mustFail: 'has a monotonic reading that never goes back',
      break: (subject) => {
        let readings = 0
        return clockWith(({ monotonic }) => ({
          monotonic: () => {
            readings += 1
            return monotonic() - (readings % 40 === 0 ? 500 : 0)
          },
        }))(subject)
      },
    },
    {
      name: 'stands still',
      mustFail: 'lets its monotonic reading pass on while it waits',
      break: clockWith(() => ({ monotonic: () => 1 })),
    },
    {
      name: 'trusts a timer that fires early',
      mustFail: 'waits no less than it was asked to, whole milliseconds or not',
      break: clockWith(({ sleep }) => ({ sleep: (milliseconds) => sleep(Math.floor(milliseconds) - 1) })),
    },
    {
      name: 'wakes all sleepers with the first',
      mustFail: 'keeps every one of many waits that run side by side',
      break: (subject) => {
        let running: Promise<void> | undefined
        return clockWith(({ sleep }) => ({
          sleep: (milliseconds) => () => {
            running ??= sleep(milliseconds)().then(() => {
              running = undefined
            })
            return running
          },
        }))(subject)
      },
    },
    {
      name: 'counts a wait from when it is asked for',
      mustFail: 'counts from when the wait is run, each time it is run',
      break: clockWith(({ alarm }) => ({
        alarm: (milliseconds) => {
          const waiting = alarm(milliseconds)()
          return () => waiting
        },
      })),
    },
    {
      name: 'refuses a wait that is over',
      mustFail: 'ends a wait that is over before it began',
      break: clockWith(({ sleep }) => ({
        sleep: (milliseconds) => () =>
          milliseconds < 0 ? Promise.reject(new RangeError('too late')) : sleep(milliseconds)(),
      })),
    },
    {
      name: 'leaves long waits to a timer that cannot hold them',
      mustFail: 'does not end a wait of months at once',
      break: clockWith(({ alarm }) => ({
        alarm: (milliseconds) => alarm(milliseconds > 2 ** 31 - 1 ? 1 : milliseconds),
      })),
    },
    {
      name: 'lets the process end while it sleeps',
      mustFail: 'holds the process for a sleep and never for an alarm, where its waiting is real',
      break: clockWith(({ alarm }) => ({ sleep: alarm })),
    },
  ],
})

const idsWith =
  (change: (honest: Ids) => Partial<Ids>) =>
  (ids: Ids): Ids => ({ ...ids, ...change(ids) })

const counting = (format: (count: number) => string) => {
  let count = 0
  return () => {
    count += 1
    return format(count)
  }
}

turnsRed<Ids>({
  port: 'the ids',
  suite: idsSuite,
  open: makeInMemoryIds,
  breakages: [
    {
      name: 'writes ids in upper case',
      mustFail: 'gives UUIDs of version 4 in lower case',
      break: idsWith(({ uuid }) => ({ uuid: () => uuid().toUpperCase() })),
    },
    {
      name: 'gives entropy as base64url',
      mustFail: 'gives entropy as 32 lower-case hexadecimal digits',
      break: idsWith(({ secret }) => ({ entropy: () => secret().slice(0, 32) })),
    },
    {
      name: 'pads its secrets',
      mustFail: 'gives secrets as 43 characters of base64url',
      break: idsWith(({ secret }) => ({ secret: () => `${secret()}=` })),
    },
    {
      name: 'counts instead of drawing',
      mustFail: 'gives nothing twice, not even from two sources opened alike',
      break: idsWith(() => ({ entropy: counting((count) => count.toString(16).padStart(32, '0')) })),
    },
    {
      name: 'starts every id with its host',
      mustFail: 'draws every bit of an id',
      break: idsWith(({ uuid }) => ({ uuid: () => `0a0a0a0a${uuid().slice(8)}` })),
    },
    {
      name: 'draws half the entropy',
      mustFail: 'draws every bit of entropy',
      break: idsWith(({ entropy }) => ({ entropy: () => `${'0'.repeat(16)}${entropy().slice(16)}` })),
    },
    {
      name: 'makes secrets of text',
      mustFail: 'draws every bit of a secret',
      break: idsWith(({ entropy }) => ({ secret: () => Buffer.from(entropy()).toString('base64url') })),
    },
  ],
})

const digestWith =
  (change: (honest: Digest) => Partial<Digest>) =>
  (digest: Digest): Digest => ({ ...digest, ...change(digest) })

turnsRed<Digest>({
  port: 'the digest',
  suite: digestSuite,
  open: makeInMemoryDigest,
  breakages: [
    {
      name: 'swaps key and text',
      mustFail: 'is HMAC-SHA-256 in lower-case hexadecimal, as in the second case of RFC 4231',
      break: digestWith(({ hmacSha256 }) => ({
        hmacSha256: (key, text) => hmacSha256(secretText(text), key.reveal()),
      })),
    },
    {
      name: 'takes texts by their Latin bytes',
      mustFail: 'takes keys and texts by their UTF-8 bytes',
      break: digestWith(({ hmacSha256 }) => ({
        hmacSha256: (key, text) => hmacSha256(key, Buffer.from(text, 'latin1').toString('latin1')),
      })),
    },
    {
      name: 'cuts long keys',
      mustFail: 'takes a key that is longer than a block',
      break: digestWith(({ hmacSha256 }) => ({
        hmacSha256: (key, text) => hmacSha256(secretText(key.reveal().slice(0, 64)), text),
      })),
    },
    {
      name: 'trims what it digests',
      mustFail: 'gives the same again, and something else for another key or text',
      break: digestWith(({ hmacSha256 }) => ({ hmacSha256: (key, text) => hmacSha256(key, text.trim()) })),
    },
    {
      name: 'hashes texts by their Latin bytes',
      mustFail: 'is SHA-256 in lower-case hexadecimal of the UTF-8 bytes of a text',
      break: digestWith(({ sha256 }) => ({ sha256: (text) => sha256(Buffer.from(text, 'latin1').toString('latin1')) })),
    },
    {
      name: 'writes base64url',
      mustFail: 'writes the UTF-8 bytes of a text in padded standard base64',
      break: digestWith(() => ({ base64: (text) => Buffer.from(text).toString('base64url') })),
    },
  ],
})

const cipherWith =
  (change: (honest: Cipher) => Partial<Cipher>) =>
  (subject: CipherSubject): CipherSubject => ({ ...subject, cipher: { ...subject.cipher, ...change(subject.cipher) } })

turnsRed<CipherSubject>({
  port: 'the cipher',
  suite: cipherSuite,
  open: anInMemoryCipher,
  breakages: [
    {
      name: 'opens a text once',
      mustFail: 'gives back what it sealed, as often as it is asked',
      break: (subject) => {
        const opened = new Set<string>()
        return cipherWith(({ open }) => ({
          open: (sealed, associatedData) => {
            if (opened.has(sealed)) return E.left({ code: 'KEY_UNAVAILABLE', keyId: 'gone' })
            opened.add(sealed)
            return open(sealed, associatedData)
          },
        }))(subject)
      },
    },
    {
      name: 'forgets the row',
      mustFail: 'opens nothing for another row',
      break: cipherWith(({ seal, open }) => ({
        seal: (text) => seal(text, 'any row'),
        open: (sealed) => open(sealed, 'any row'),
      })),
    },
    {
      name: 'forgives white space',
      mustFail: 'opens nothing that was cut, or to which something was added',
      break: cipherWith(({ open }) => ({ open: (sealed, associatedData) => open(sealed.trim(), associatedData) })),
    },
    {
      name: 'does not read the checksum',
      mustFail: 'opens nothing of which any character was changed',
      break: cipherWith(({ open }) => ({
        open: (sealed, associatedData) => {
          const honest = open(sealed, associatedData)
          return E.isRight(honest) || sealed.split('.').length !== 3
            ? honest
            : E.right(secretText(Buffer.from(sealed.split('.')[1] ?? '', 'base64url').toString()))
        },
      })),
    },
    {
      name: 'repeats what it cannot open',
      mustFail: 'refuses what no cipher made, and repeats nothing of it',
      break: cipherWith(({ open }) => ({
        open: (sealed, associatedData) =>
          E.mapLeft(() => ({ code: 'KEY_UNAVAILABLE' as const, keyId: sealed }))(open(sealed, associatedData)),
      })),
    },
    {
      name: 'says that it hides and does not',
      mustFail: 'hides what it seals exactly if it says so',
      break: (subject) => ({ ...subject, hides: true }),
    },
    {
      name: 'seals differently each time though it says that it hides nothing',
      mustFail: 'seals the same text differently each time exactly if it hides it',
      break: (subject) => {
        const sealedBy = new Map<string, string>()
        return cipherWith(({ seal, open }) => ({
          seal: (text, associatedData) =>
            E.map((sealed: string) => {
              const named = `${sealed}.${String(sealedBy.size)}`
              sealedBy.set(named, sealed)
              return named
            })(seal(text, associatedData)),
          open: (sealed, associatedData) => open(sealedBy.get(sealed) ?? 'unknown', associatedData),
        }))(subject)
      },
    },
    {
      name: 'gives its text open',
      mustFail: 'gives a text that nobody prints by accident',
      break: cipherWith(({ open }) => ({
        open: (sealed, associatedData) =>
          E.map((text: ReturnType<typeof secretText>) =>
            Object.assign(secretText(text.reveal()), { toJSON: () => text.reveal() }),
          )(open(sealed, associatedData)),
      })),
    },
  ],
})
