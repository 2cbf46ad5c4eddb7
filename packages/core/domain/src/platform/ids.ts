import type { IO } from 'fp-ts/lib/IO.js'

/** The only source of randomness of the core. */
export interface Ids {
  /** A random UUID (version 4, lower case). */
  readonly uuid: IO<string>
  /** 128 random bits as 32 lower-case hexadecimal digits: material for vendor-side names. */
  readonly entropy: IO<string>
  /** 256 random bits as base64url text (43 characters): a secret that this service chooses. */
  readonly secret: IO<string>
}
