import { readFile } from 'node:fs/promises'
import { invalidOption } from './check-options.ts'
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

const checkSource = ({ token, tokenFile }: { readonly token?: unknown; readonly tokenFile?: unknown }): void => {
  if ((token === undefined) === (tokenFile === undefined))
    throw invalidOption('token', 'either token or tokenFile must be given, and not both')
  if (tokenFile !== undefined && (typeof tokenFile !== 'string' || tokenFile === ''))
    throw invalidOption('tokenFile', 'tokenFile must be the path of a file')
  if (token !== undefined && typeof token !== 'string' && typeof token !== 'function')
    throw invalidOption('token', 'token must be text or a function that gives it')
}

/** @throws PullSecretError `INVALID_REQUEST` unless there is exactly one source */
export const makeBearerToken = (source: TokenSource): (() => Promise<string>) => {
  checkSource(source)
  return () => readToken(source)
}

const readToken = async (source: TokenSource): Promise<string> => {
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
