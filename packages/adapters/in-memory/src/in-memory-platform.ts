import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import {
  type Cipher,
  type Clock,
  type Digest,
  type Ids,
  type Logger,
  type Meter,
  secretText,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'

/** Node fires a longer timer at once. */
const longestTimerMilliseconds = 2 ** 31 - 1

/** A timer of Node may fire a fraction of a millisecond early, so the end is looked at again. */
const waitUntil = async (end: number, { holdsProcess }: { readonly holdsProcess: boolean }): Promise<void> => {
  for (let left = end - performance.now(); left > 0; left = end - performance.now()) {
    await setTimeout(Math.min(Math.ceil(left), longestTimerMilliseconds), undefined, { ref: holdsProcess })
  }
}

/** The process's own clock. */
export const makeInMemoryClock = (): Clock => ({
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (milliseconds) => () => waitUntil(performance.now() + milliseconds, { holdsProcess: true }),
  alarm: (milliseconds) => () => waitUntil(performance.now() + milliseconds, { holdsProcess: false }),
})

export const makeInMemoryIds = (): Ids => ({
  uuid: () => randomUUID(),
  entropy: () => randomBytes(16).toString('hex'),
  secret: () => randomBytes(32).toString('base64url'),
})

export const makeInMemoryDigest = (): Digest => ({
  hmacSha256: (key, text) => createHmac('sha256', key.reveal()).update(text).digest('hex'),
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  base64: (text) => Buffer.from(text, 'utf8').toString('base64'),
})

const checksumOf = (bound: string): string => createHash('sha256').update(bound).digest('base64url')

/**
 * Binds a text to its row and notices damage, without hiding anything: what it seals can be read by whoever reads the
 * memory.
 * For specs, and for an embedded service whose ledger lives and dies in the same memory.
 */
export const makeInMemoryCipher = (): Cipher => ({
  seal: (text, associatedData) => {
    const encoded = Buffer.from(text.reveal()).toString('base64url')
    return E.right(`in-memory.${encoded}.${checksumOf(JSON.stringify([associatedData, encoded]))}`)
  },
  open: (sealed, associatedData) => {
    const [form, encoded = '', checksum, ...rest] = sealed.split('.')
    return form === 'in-memory' &&
      rest.length === 0 &&
      checksum === checksumOf(JSON.stringify([associatedData, encoded]))
      ? E.right(secretText(Buffer.from(encoded, 'base64url').toString('utf8')))
      : E.left({ code: 'KEY_UNAVAILABLE', keyId: 'in-memory' })
  },
})

export const makeSilentLogger = (): Logger => ({ log: () => () => undefined })

export const makeSilentMeter = (): Meter => ({
  count: () => () => undefined,
  observe: () => () => undefined,
  set: () => () => undefined,
})
