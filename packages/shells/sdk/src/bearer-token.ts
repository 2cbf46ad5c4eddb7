import { readFile } from 'node:fs/promises'
import { PullSecretError } from './pull-secret-error.ts'

/** Where bearer tokens come from. Read again for each attempt, so that a token may change while the client lives. */
export type TokenSource =
  | { readonly token: string | (() => string | Promise<string>); readonly tokenFile?: undefined }
  /** A file that contains only the token, such as a projected service account token. */
  | { readonly tokenFile: string; readonly token?: undefined }

const tokenOf = (source: TokenSource): string | Promise<string> => {
  if (source.tokenFile !== undefined) return readFile(source.tokenFile, 'utf8')
  return typeof source.token === 'function' ? source.token() : source.token
}

const isSendable = (token: string): boolean => /^[\x21-\x7e]+$/.test(token)

/** The source's own error message is dropped: it may contain the token. */
const failureOf = (source: TokenSource): PullSecretError =>
  new PullSecretError(
    'UNAUTHORIZED',
    source.tokenFile === undefined ? 'The token function failed' : `The token file ${source.tokenFile} cannot be read`,
  )

export const makeBearerToken = (source: TokenSource) => async (): Promise<string> => {
  let token: string
  try {
    token = (await tokenOf(source)).trim()
  } catch {
    throw failureOf(source)
  }
  if (!isSendable(token))
    throw new PullSecretError('UNAUTHORIZED', 'The token is empty or contains characters not allowed in a header')
  return token
}
