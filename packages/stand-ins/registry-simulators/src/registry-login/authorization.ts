/** The token of an `Authorization: Bearer` header. */
export const readBearer = (authorization: string | undefined): string | undefined =>
  /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]

/** Username and password of an `Authorization: Basic` header; the password may hold colons. */
export const readBasic = (authorization: string | undefined): { username: string; password: string } | undefined => {
  const encoded = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1]
  const text = encoded && Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text ? text.indexOf(':') : -1
  return text && colon >= 0 ? { username: text.slice(0, colon), password: text.slice(colon + 1) } : undefined
}
