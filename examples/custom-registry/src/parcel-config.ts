import { decode, exactly, nonEmptyText, webAddress } from '@pull-secret/decoding'
import type { ConfigMismatch } from '@pull-secret/domain'
import { refuseClearText } from '@pull-secret/registry-http'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

export interface ParcelConfig {
  /** Address of the registry; its API is served below it. */
  readonly baseUrl: string
  /** File that holds the administrator's token; read again when it changes. */
  readonly tokenFile: string
}

const section = exactly(
  'the configuration of a parcel registry',
  { base_url: webAddress, token_file: nonEmptyText },
  {},
)

export const decodeParcelConfig = (value: unknown): E.Either<ReadonlyArray<ConfigMismatch>, ParcelConfig> =>
  pipe(
    decode(section, value),
    E.map((given) => ({ baseUrl: given.base_url, tokenFile: given.token_file })),
    E.chainFirst(({ baseUrl }) => refuseClearText({ base_url: baseUrl })),
  )
