import type { AnsweredError } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'

export type QueryParameters = Readonly<Record<string, string | ReadonlyArray<string>>>

/** More than any operation takes. */
const maximumLength = 4096
const maximumParameters = 32

const tooLarge: E.Either<AnsweredError, never> = E.left({
  code: 'MISMATCHED',
  mismatches: [
    {
      field: '',
      rule: 'invalid',
      message: [
        `the query must have at most ${String(maximumLength)} characters`,
        `and ${String(maximumParameters)} parameters`,
      ].join(' '),
    },
  ],
})

/** The parameters of a query; one that is given more than once is a list. Its size is looked at before it is read. */
export const queryParameters = (query: string): E.Either<AnsweredError, QueryParameters> => {
  if (query === '') return E.right({})
  if (query.length > maximumLength || query.split('&', maximumParameters + 1).length > maximumParameters)
    return tooLarge
  const search = new URLSearchParams(query)
  return E.right(
    Object.fromEntries(
      [...new Set(search.keys())].map((name) => {
        const values = search.getAll(name)
        return [name, values.length === 1 ? (values[0] ?? '') : values]
      }),
    ),
  )
}
