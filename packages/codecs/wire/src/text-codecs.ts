import { textMatching } from '@pull-secret/decoding'
import type { Instant } from '@pull-secret/domain'
import * as t from 'io-ts'

export const timestamp = textMatching(
  'an RFC 3339 timestamp in UTC',
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/,
  'must be an RFC 3339 timestamp in UTC',
)

export const timestampOf = (instant: Instant): string => new Date(instant).toISOString()

export const timestampOrNull = (instant: Instant | undefined): string | null =>
  instant === undefined ? null : timestampOf(instant)

export const nullable = <A>(codec: t.Type<A>): t.Type<A | null> => t.union([codec, t.null], `${codec.name}, or null`)

export const fingerprint = textMatching('a fingerprint', /^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits')

/** The form of every cluster id. The API also applies the patterns of the deployment. */
export const clusterIdText = textMatching(
  'a cluster id',
  /^[\x21-\x7e]{1,64}$/,
  'must be 1 to 64 printable characters without spaces',
)

export const oneOf = <V extends string>(...values: ReadonlyArray<V>): t.Type<V> =>
  t.keyof(Object.fromEntries(values.map((value) => [value, null])) as Record<V, null>, `one of ${values.join(', ')}`)
