import { decode, describeMismatches, exactly, nonEmptyText, textMatching } from '@pull-secret/decoding'
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

const permission = textMatching(
  'a permission',
  /^(\*|(get|list|create|update|delete) (pull-secrets|registries|jobs|metrics)( \S{1,64})?)$/,
  'must be *, "VERB RESOURCE" or "VERB RESOURCE CLUSTER_ID"',
)

const tokenList = t.array(
  exactly(
    'a token',
    {
      subject: nonEmptyText,
      token_sha256: textMatching('a SHA-256 hash', /^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits'),
      permissions: t.array(permission, 'a list of permissions'),
    },
    {},
  ),
  'a list of tokens',
)

/** Reads the text of a token file, or says which field breaks which rule. */
export const parseTokenList = (text: string): E.Either<string, ReadonlyArray<StaticToken>> => {
  const json = E.tryCatch(
    (): unknown => JSON.parse(text),
    () => 'must be valid JSON',
  )
  return E.isLeft(json) ? json : E.mapLeft(describeMismatches)(decode(tokenList, json.right))
}
