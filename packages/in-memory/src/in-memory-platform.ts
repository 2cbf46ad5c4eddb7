import * as E from 'fp-ts/lib/Either.js'
import { secretText, type Cipher, type Clock, type Digest, type Ids, type Logger, type Meter } from '@pull-secret/domain'
import { createHmac, randomBytes, randomUUID } from 'node:crypto'

/** The process's own clock. */
export const makeInMemoryClock = (): Clock => ({
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (milliseconds) => () => new Promise((resolve) => { setTimeout(resolve, milliseconds) }),
  alarm: (milliseconds) => () => new Promise((resolve) => { setTimeout(resolve, milliseconds).unref() }),
})

export const makeInMemoryIds = (): Ids => ({
  uuid: () => randomUUID(),
  entropy: () => randomBytes(16).toString('hex'),
  secret: () => randomBytes(32).toString('base64url'),
})

export const makeInMemoryDigest = (): Digest => ({
  hmacSha256: (key, text) => createHmac('sha256', key.reveal()).update(text).digest('hex'),
  base64: (text) => Buffer.from(text, 'utf8').toString('base64'),
})

/**
 * Keeps the association of text and row honest without hiding anything: what it seals can be read by whoever reads the memory.
 * For specs, and for an embedded service whose ledger lives and dies in the same memory.
 */
export const makeInMemoryCipher = (): Cipher => ({
  seal: (text, associatedData) => E.right(JSON.stringify(['in-memory', associatedData, Buffer.from(text.reveal()).toString('base64')])),
  open: (sealed, associatedData) => {
    const [, boundTo, text] = sealed.startsWith('["in-memory"') ? (JSON.parse(sealed) as ReadonlyArray<string>) : []
    return boundTo === associatedData && text !== undefined
      ? E.right(secretText(Buffer.from(text, 'base64').toString('utf8')))
      : E.left({ code: 'KEY_UNAVAILABLE', keyId: 'in-memory' })
  },
})

export const makeSilentLogger = (): Logger => ({ log: () => () => undefined })

export const makeSilentMeter = (): Meter => ({ count: () => () => undefined, observe: () => () => undefined, set: () => () => undefined })
