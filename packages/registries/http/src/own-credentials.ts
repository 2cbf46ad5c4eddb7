import { parseJson } from '@pull-secret/decoding'
import type { Instant } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { IO } from 'fp-ts/lib/IO.js'
import * as t from 'io-ts'
import { makeSecretFile } from './secret-file.ts'
import { certificateExpiry } from './tls-files.ts'

/** Something that the service itself shows a vendor, and of which it is known when it expires. */
export interface OwnCredential {
  readonly kind: 'client_certificate' | 'token'
  readonly expiresAt: Instant
}

/** What a registry may tell beside the port. Asked whenever metrics are rendered. */
export interface TellsOwnCredentials {
  readonly ownCredentials: IO<ReadonlyArray<OwnCredential>>
}

const claims = t.type({ exp: t.number })

/** When a JSON web token says that it expires; its signature is not looked at. Nobody knows it of other tokens. */
const statedExpiry = (token: string): Instant | undefined => {
  const [, payload, signature] = token.split('.')
  if (payload === undefined || signature === undefined) return undefined
  const stated = pipe(
    parseJson(Buffer.from(payload, 'base64url').toString('utf8')),
    E.flatMap((value) => claims.decode(value)),
  )
  return E.isRight(stated) && Number.isFinite(stated.right.exp) ? stated.right.exp * 1000 : undefined
}

const knownOf = (kind: OwnCredential['kind'], expiresAt: Instant | undefined): ReadonlyArray<OwnCredential> =>
  expiresAt === undefined ? [] : [{ kind, expiresAt }]

/** The certificate that a file has now; none while the file has none. */
export const ownCertificate = (certificateFile: string): ReadonlyArray<OwnCredential> =>
  knownOf('client_certificate', certificateExpiry({ certificateFile }))

/** The token that a file has now; none where it does not say itself when it expires. */
export const ownToken = (file: string): ReadonlyArray<OwnCredential> => {
  const token = makeSecretFile(file).read()
  return knownOf('token', token === undefined ? undefined : statedExpiry(token.reveal()))
}
