import * as E from 'fp-ts/lib/Either.js'

/**
 * When a JSON web token says that it expires, in milliseconds of the calendar; its signature is not looked at.
 * `undefined` for any other token. Only ever shortens what the API server said, or names the reason of its refusal.
 */
export const statedExpiry = (token: string): number | undefined => {
  const [, payload, signature] = token.split('.')
  if (payload === undefined || signature === undefined) return undefined
  const claims = E.tryCatch(
    (): unknown => JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')),
    () => undefined,
  )
  if (E.isLeft(claims) || typeof claims.right !== 'object' || claims.right === null) return undefined
  const expiry = 'exp' in claims.right ? claims.right.exp : undefined
  return typeof expiry === 'number' && Number.isFinite(expiry) ? expiry * 1000 : undefined
}
