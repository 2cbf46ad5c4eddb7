import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { decode, describeMismatches, exactly, parseJson, textMatching } from '@pull-secret/decoding'
import { type Instant, type SecretText, secretText } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

/** One AES-256 key. Its material cannot be printed. */
export interface RingKey {
  readonly id: string
  /** By the clock of whoever made the key. */
  readonly createdAt: Instant
  readonly key: KeyObject
}

export interface KeyRingContent {
  readonly writing: RingKey
  readonly byId: ReadonlyMap<string, RingKey>
}

const keyBytes = 32

const keyId = textMatching('a key id', /^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -')

const base64Key = /^[A-Za-z0-9+/]{43}=$/

const keyMaterial = textMatching('32 bytes in base64', base64Key, 'must be 32 bytes in base64')

const utcTime = textMatching(
  'a UTC time',
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?Z$/,
  'must be a UTC time such as 2026-01-31T00:00:00Z',
)

const keyRingFile = exactly(
  'a key ring',
  {
    writing: keyId,
    keys: t.array(exactly('a key', { id: keyId, key: keyMaterial, created_at: utcTime }, {}), 'a list of keys'),
  },
  {},
)

/**
 * The ring of a file that is one key and nothing else. Its id is always the same, so that another key in the same file
 * is noticed; when it was made is not known.
 */
const ringOfOneKey = (material: string): KeyRingContent => {
  const key: RingKey = { id: 'encryption_key', createdAt: 0, key: createSecretKey(Buffer.from(material, 'base64')) }
  return { writing: key, byId: new Map([[key.id, key]]) }
}

/**
 * Reads the text of a key ring, or of one key in base64, or says which field breaks which rule; never any key.
 */
export const parseKeyRing = (text: string): E.Either<string, KeyRingContent> => {
  const trimmed = text.trim()
  if (base64Key.test(trimmed)) return E.right(ringOfOneKey(trimmed))
  if (!trimmed.startsWith('{')) return E.left('must be a key ring in JSON, or one key: 32 bytes in base64')
  const json = parseJson(text)
  if (E.isLeft(json)) return json
  const decoded = decode(keyRingFile, json.right)
  if (E.isLeft(decoded)) return E.left(describeMismatches(decoded.left))
  const { writing, keys } = decoded.right
  const byId = new Map(
    keys.map(({ id, key, created_at }): [string, RingKey] => [
      id,
      { id, createdAt: Date.parse(created_at), key: createSecretKey(Buffer.from(key, 'base64')) },
    ]),
  )
  if (byId.size < keys.length) return E.left('keys must have unique ids')
  const writingKey = byId.get(writing)
  return writingKey === undefined
    ? E.left('writing must be the id of one of the keys')
    : E.right({ writing: writingKey, byId })
}

interface KeyText {
  readonly id: string
  readonly key: string
  readonly created_at: string
}

/** A key named after the month; one more of the same month has a number. */
const freshKey = (now: Instant, taken: ReadonlyArray<string>): KeyText => {
  const createdAt = new Date(now).toISOString()
  const month = createdAt.slice(0, 7)
  let id = month
  for (let number = 2; taken.includes(id); number += 1) id = `${month}-${String(number)}`
  return { id, key: randomBytes(keyBytes).toString('base64'), created_at: createdAt }
}

const ringText = (writing: string, keys: ReadonlyArray<KeyText>): SecretText =>
  secretText(`${JSON.stringify({ writing, keys }, undefined, 2)}\n`)

/** The text of a fresh key ring with one key, named after the month. */
export const generateKeyRing = (now: Instant): SecretText => {
  const key = freshKey(now, [])
  return ringText(key.id, [key])
}

/**
 * The text of the given key ring with one fresh key more, which encrypts from then on. On `standby` it only decrypts:
 * where several processes read a ring at different times, all of them have to know a key before one encrypts with it.
 */
export const extendKeyRing = (
  text: string,
  now: Instant,
  { standby }: { readonly standby: boolean },
): E.Either<string, SecretText> => {
  const content = parseKeyRing(text)
  if (E.isLeft(content)) return content
  const keys = [...content.right.byId.values()].map(({ id, createdAt, key }): KeyText => ({
    id,
    key: key.export().toString('base64'),
    created_at: new Date(createdAt).toISOString(),
  }))
  const added = freshKey(
    now,
    keys.map(({ id }) => id),
  )
  return E.right(ringText(standby ? content.right.writing.id : added.id, [...keys, added]))
}
