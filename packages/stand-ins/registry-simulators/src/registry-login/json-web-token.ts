import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export interface JsonWebTokens {
  sign: (claims: Record<string, unknown>) => string
  /** The claims of a token signed here and not past its `exp`, else undefined. */
  verify: (token: string) => Record<string, unknown> | undefined
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Signs with a random key of its own (HS512): no token of one instance is good at another. */
export const makeJsonWebTokens = (): JsonWebTokens => {
  const key = randomBytes(64)
  const signature = (signed: string): string => createHmac('sha512', key).update(signed).digest('base64url')
  const isSigned = (signed: string, shown: string): boolean => {
    const right = Buffer.from(signature(signed))
    const given = Buffer.from(shown)
    return right.length === given.length && timingSafeEqual(right, given)
  }
  return {
    sign: (claims) => {
      const signed = `${encode({ alg: 'HS512', typ: 'JWT' })}.${encode(claims)}`
      return `${signed}.${signature(signed)}`
    },
    verify: (token) => {
      const [header = '', payload = '', shown = ''] = token.split('.')
      if (!isSigned(`${header}.${payload}`, shown)) return undefined
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>
      return Number(claims['exp']) > Date.now() / 1000 ? claims : undefined
    },
  }
}
