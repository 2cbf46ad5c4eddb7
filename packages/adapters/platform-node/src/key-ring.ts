import * as E from 'fp-ts/lib/Either.js'
import { type KeyRingContent, parseKeyRing, type RingKey } from './key-ring-text.ts'
import { type FileProblem, openRereadFile, type RereadFileOptions } from './reread-file.ts'

/** The keys of encryption at rest: several can read, one writes. */
export interface KeyRing {
  readonly writing: () => RingKey
  readonly find: (keyId: string) => RingKey | undefined
  readonly all: () => ReadonlyArray<RingKey>
}

const anotherKey = (keyId: string): string =>
  `key ${keyId} is another key than before under this id: put the old key back, or give the new one a new id`

/**
 * Opens a key ring file: JSON of `writing` (a key id) and `keys` (`id`, `key` as 32 bytes in base64, `created_at` in
 * UTC), or the base64 of one key alone, whose id is `encryption_key`. It is read again when it changes; a version that
 * cannot be used, or that has another key under an id that was used before, is reported and the keys before it stay in
 * use.
 */
export const openKeyRing = (
  options: Omit<RereadFileOptions<KeyRingContent>, 'parse'>,
): E.Either<FileProblem, KeyRing> => {
  const seen = new Map<string, RingKey>()
  const parse = (text: string): E.Either<string, KeyRingContent> => {
    const content = parseKeyRing(text)
    if (E.isLeft(content)) return content
    const keys = [...content.right.byId.values()]
    const changed = keys.find(({ id, key }) => seen.get(id)?.key.equals(key) === false)
    if (changed !== undefined) return E.left(anotherKey(changed.id))
    keys.forEach((key) => seen.set(key.id, key))
    return content
  }
  const file = openRereadFile({ ...options, parse })
  if (E.isLeft(file)) return file
  const { current } = file.right
  return E.right({
    writing: () => current().writing,
    find: (keyId) => current().byId.get(keyId),
    all: () => [...current().byId.values()],
  })
}
