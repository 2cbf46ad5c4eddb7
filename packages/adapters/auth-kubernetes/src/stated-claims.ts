import * as E from 'fp-ts/lib/Either.js'
import { isUsableName } from './usable-name.ts'

/** The claims of a JSON web token, whose signature is not looked at. Empty for any other token. */
const statedClaims = (token: string): Readonly<Record<string, unknown>> => {
  const [, payload, signature] = token.split('.')
  if (payload === undefined || signature === undefined) return {}
  const claims = E.tryCatch(
    (): unknown => JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')),
    () => undefined,
  )
  return E.isRight(claims) && typeof claims.right === 'object' && claims.right !== null
    ? (claims.right as Readonly<Record<string, unknown>>)
    : {}
}

/**
 * When a token says that it expires, in milliseconds of the calendar. Only ever shortens what the API server said, or
 * names the reason of its refusal.
 */
export const statedExpiry = (token: string): number | undefined => {
  const { exp } = statedClaims(token)
  return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : undefined
}

/** Whose a refused token says it is. Nobody vouched for it. */
export const statedSubject = (token: string): string | undefined => {
  const { sub } = statedClaims(token)
  return isUsableName(sub) ? sub : undefined
}

/** The ServiceAccount that our own token says it belongs to, for the hint of what it lacks. */
export const statedAccount = (token: string): { readonly namespace: string; readonly name: string } | undefined => {
  const { sub } = statedClaims(token)
  const [, namespace, name] =
    (typeof sub === 'string' ? /^system:serviceaccount:([a-z0-9-]{1,63}):([a-z0-9.-]{1,253})$/.exec(sub) : null) ?? []
  return namespace === undefined || name === undefined ? undefined : { namespace, name }
}
