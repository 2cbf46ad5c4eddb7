import type { Either } from 'fp-ts/lib/Either.js'
import type { Failure } from '../errors.ts'
import type { SecretText } from './secret-text.ts'

/** An authenticated ciphertext that names its key. Safe to store, never shown. */
export type SealedText = string

/** Encryption at rest. `associatedData` binds a ciphertext to its row: opening it under another row fails. */
export interface Cipher {
  readonly seal: (text: SecretText, associatedData: string) => Either<Failure<'KEY_UNAVAILABLE'>, SealedText>
  /** `KEY_UNAVAILABLE` also answers a ciphertext that is damaged or belongs to other associated data. */
  readonly open: (sealed: SealedText, associatedData: string) => Either<Failure<'KEY_UNAVAILABLE'>, SecretText>
}
