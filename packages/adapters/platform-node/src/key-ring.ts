import * as E from 'fp-ts/lib/Either.js'
import { type KeyRingContent, parseKeyRing, type RingKey } from './key-ring-text.ts'
import { type FileProblem, openRereadFile, type RereadFileOptions } from './reread-file.ts'

/** The keys of encryption at rest: several can read, one writes. */
export interface KeyRing {
  readonly writing: () => RingKey
  readonly find: (keyId: string) => RingKey | undefined
  readonly all: () => ReadonlyArray<RingKey>
}

/**
 * Opens a key ring file: JSON of `writing` (a key id) and `keys` (`id`, `key` as 32 bytes in base64, `created_at` in
 * UTC). It is read again when it changes; a version that cannot be used is reported and the keys before it stay in use.
 */
export const openKeyRing = (
  options: Omit<RereadFileOptions<KeyRingContent>, 'parse'>,
): E.Either<FileProblem, KeyRing> => {
  const file = openRereadFile({ ...options, parse: parseKeyRing })
  if (E.isLeft(file)) return file
  const { current } = file.right
  return E.right({
    writing: () => current().writing,
    find: (keyId) => current().byId.get(keyId),
    all: () => [...current().byId.values()],
  })
}
