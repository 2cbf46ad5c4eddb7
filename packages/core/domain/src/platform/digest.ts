import type { SecretText } from './secret-text.ts'

/** Pure functions that the language itself lacks. */
export interface Digest {
  /** HMAC-SHA-256 as 64 lower-case hexadecimal digits. */
  readonly hmacSha256: (key: SecretText, text: string) => string
  /** SHA-256 of the text's UTF-8 bytes, as 64 lower-case hexadecimal digits. */
  readonly sha256: (text: string) => string
  /** Standard base64, padded, of the text's UTF-8 bytes. */
  readonly base64: (text: string) => string
}
