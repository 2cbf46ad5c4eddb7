import type { Operation } from '@pull-secret/wire'

const text = (description: string, example: string) => ({ description, schema: { type: 'string', example } })
const number = (description: string, example: number) => ({
  description,
  schema: { type: 'integer', minimum: 0, example },
})

/** Every header of an answer that is of use to clients. */
export const headers: Readonly<Record<string, object>> = {
  'X-Request-ID': text('Id of the request in the log.', '7f6b3f0e-3d0e-4f0a-9a53-0e7c2d1b9a10'),
  ETag: text('Weak tag of the answer, to be sent back as `If-None-Match`.', 'W/"c2FtcGxl"'),
  'Retry-After': number('Seconds to wait before the next attempt.', 5),
  'WWW-Authenticate': text('What is wrong with the token.', 'Bearer error="invalid_token"'),
  'X-RateLimit-Limit': number('Requests that the caller may send in a minute, or in the window that is exceeded.', 100),
  'X-RateLimit-Remaining': number('Requests that are left of them.', 75),
  'X-RateLimit-Reset': number('When all of them are there again, in seconds since 1970.', 1_770_544_860),
}

const always: ReadonlyArray<string> = ['X-Request-ID']
const ofLimits: ReadonlyArray<string> = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']

const referTo = (names: ReadonlyArray<string>): Readonly<Record<string, object>> =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

/** The headers of each answer to an operation, with those that only some of its answers have. */
export const headersOf = ({ limitClass }: Operation, some: ReadonlyArray<string>): Readonly<Record<string, object>> =>
  referTo([...always, ...some, ...(limitClass === 'exempt' ? [] : ofLimits)])
