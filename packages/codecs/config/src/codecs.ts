import { nonEmptyList, textMatching } from '@pull-secret/decoding'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

export const deploymentId = textMatching(
  'a deployment id',
  /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/,
  'must be 1 to 40 lower-case letters, digits or "-", and neither begin nor end with "-"',
)

export const registryId = textMatching(
  'a registry id',
  /^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/,
  'must be 1 to 50 lower-case letters, digits or "-", and neither begin nor end with "-"',
)

export const slug = textMatching(
  'a lower-case word',
  /^[a-z][a-z0-9-]{0,31}$/,
  'must be 1 to 32 lower-case letters, digits or "-", and begin with a letter',
)

export const filePath = textMatching('the path of a file', /^[^\0\n]*\S[^\0\n]*$/, 'must be the path of a file')

/** A path is told from the name of a package by how it begins; an address such as `data:` is neither. */
export const moduleName = textMatching(
  'the path of a module or the name of a package',
  /^(?:\.{0,2}\/[^\0\n]*[^\0\n/]|(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9._-]+)*)$/i,
  'must be a path that begins with "./", "../" or "/", or the name of a package',
)

/** A host as a pull secret names it, without scheme or path. */
export const registryHost = textMatching(
  'a host name',
  /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?$/,
  'must be a lower-case host name, with a port if it needs one',
)

export const email = textMatching('an e-mail address', /^[^\s@:"\\]+@[^\s@:"\\]+$/, 'must be an e-mail address')

/** A list that says something once and not nothing. */
export const listOf = <A>(item: t.Type<A, unknown>, plural: string): t.Type<ReadonlyArray<A>, unknown> =>
  nonEmptyList(`a list of ${plural}`, item, `must name at least one of the ${plural}`)

const compiled = (text: string): RegExp | undefined => {
  const result = E.tryCatch(
    () => new RegExp(`^(?:${text})$`, 'u'),
    () => undefined,
  )
  return E.isRight(result) ? result.right : undefined
}

/** A regular expression, matched against the whole text whether it is anchored or not. */
export const wholePattern: t.Type<RegExp, unknown> = new t.Type<RegExp, unknown>(
  'a regular expression',
  (value): value is RegExp => value instanceof RegExp,
  (value, context) => {
    if (typeof value !== 'string') return t.failure(value, context)
    const pattern = compiled(value)
    return pattern === undefined ? t.failure(value, context, 'must be a regular expression') : t.success(pattern)
  },
  (pattern) => pattern.source,
)

const addressRule = 'must read postgres://USER:PASSWORD@HOST:PORT/DATABASE, special characters percent-encoded'

/** Of libpq and of drivers. Other names are not repeated: they may be part of a password that is not encoded. */
const knownParameters = [
  'application_name',
  'channel_binding',
  'connect_timeout',
  'client_encoding',
  'gssencmode',
  'host',
  'keepalives',
  'options',
  'pool_max',
  'pgbouncer',
  'sslcert',
  'sslkey',
  'sslmode',
  'sslrootcert',
  'statement_timeout',
  'target_session_attrs',
  'uselibpqcompat',
]

const parameterPattern = new RegExp(`[?&](${knownParameters.join('|')})=`, 'g')

/** Whatever follows the name of the database would have no effect. */
const restRule = (rest: string): string => {
  const rule = 'must have nothing after the name of the database'
  const names = [...rest.matchAll(parameterPattern)].map(([, name = '']) => name)
  if (names.length === 0) return rule
  const isTls = names.some((name) => name.startsWith('ssl'))
  return `${rule}: remove ${names.join(', ')}${isTls ? ', and configure TLS under database.tls' : ''}`
}

export const databaseAddress: t.Type<string> = new t.Type<string>(
  'the address of a PostgreSQL database',
  (value): value is string => typeof value === 'string',
  (value, context) => {
    if (typeof value !== 'string') return t.failure(value, context)
    const address = /^postgres(?:ql)?:\/\/(?:[^/?#@\s]*@)?[^/?#@\s]+\/[^/?#\s]+([?#]\S*)?$/.exec(value)
    if (address === null) return t.failure(value, context, addressRule)
    const [, rest] = address
    return rest === undefined ? t.success(value) : t.failure(value, context, restRule(rest))
  },
  (address) => address,
)
