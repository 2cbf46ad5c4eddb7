import { hash, randomBytes } from 'node:crypto'
import { decode, describeMismatches, exactly, parseJson, textMatching } from '@pull-secret/decoding'
import { type Resource, type SecretText, secretText, type Verb } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

/** One token of the file, by its hash. */
export interface StaticToken {
  readonly subject: string
  /** SHA-256 of the token, 64 lower-case hexadecimal digits. */
  readonly token_sha256: string
  /** `*`, `VERB RESOURCE`, or `VERB RESOURCE CLUSTER_ID`. */
  readonly permissions: ReadonlyArray<string>
}

const verbs = { get: 1, list: 1, create: 1, update: 1, delete: 1 } satisfies Record<Verb, 1>
const resources = {
  clusters: 1,
  'pull-secrets': 1,
  'pull-secrets/ban': 1,
  registries: 1,
  jobs: 1,
  'audit-log': 1,
  replicas: 1,
  metrics: 1,
} satisfies Record<Resource, 1>

const anyOf = (words: object): string => Object.keys(words).join('|')

const permission = textMatching(
  'a permission',
  new RegExp(`^(\\*|(${anyOf(verbs)}) (${anyOf(resources)})( \\S{1,64})?)$`),
  'must be *, "VERB RESOURCE" or "VERB RESOURCE CLUSTER_ID"',
)

const staticToken = exactly(
  'a token',
  {
    subject: textMatching(
      'the name of a subject',
      /^(?=.*\S)[^\p{Cc}\p{Cs}]{1,256}$/u,
      'must be 1 to 256 characters, and no control characters',
    ),
    token_sha256: textMatching('a SHA-256 hash', /^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits'),
    permissions: t.array(permission, 'a list of permissions'),
  },
  {},
)

const tokenList = t.array(staticToken, 'a list of tokens')

/** Which entry a token meant would be a guess. */
const uniqueTokens = (tokens: ReadonlyArray<StaticToken>): E.Either<string, ReadonlyArray<StaticToken>> => {
  const repeated = tokens.findIndex(
    ({ token_sha256: hash }, index) => tokens.findIndex((other) => other.token_sha256 === hash) < index,
  )
  return repeated === -1
    ? E.right(tokens)
    : E.left(`${String(repeated)}.token_sha256 must differ from every other entry`)
}

/** Reads the text of a token file, or says which field of which entry, counted from 0, breaks which rule. */
export const parseTokenList = (text: string): E.Either<string, ReadonlyArray<StaticToken>> => {
  const json = parseJson(text)
  if (E.isLeft(json)) return json
  const tokens = decode(tokenList, json.right)
  return E.isLeft(tokens) ? E.left(describeMismatches(tokens.left)) : uniqueTokens(tokens.right)
}

/** A fresh token of 256 random bits. */
export const newToken = (): SecretText => secretText(randomBytes(32).toString('base64url'))

/** What a header `Authorization: Bearer` can carry (RFC 6750, 2.1). */
const bearerToken = /^[A-Za-z0-9._~+/-]+=*$/

/** The text of a token file that knows one token, by its hash, or which field breaks which rule. */
export const tokenListText = (
  token: SecretText,
  { subject, permissions }: Pick<StaticToken, 'subject' | 'permissions'>,
): E.Either<string, string> => {
  if (!bearerToken.test(token.reveal()))
    return E.left('the token must be letters, digits, ".", "_", "~", "+", "/" or "-"')
  const entry = { subject, token_sha256: hash('sha256', token.reveal()), permissions }
  return E.bimap(
    describeMismatches,
    (known: StaticToken) => `${JSON.stringify([known], undefined, 2)}\n`,
  )(decode(staticToken, entry))
}
