import { textMatching } from '@pull-secret/decoding'
import type { Instant } from '@pull-secret/domain'
import * as t from 'io-ts'

export const timestamp = textMatching(
  'a point in time (RFC 3339, UTC)',
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/,
  'must be a point in time (RFC 3339, UTC)',
)

export const timestampOf = (instant: Instant): string => new Date(instant).toISOString()

export const timestampOrNull = (instant: Instant | undefined): string | null =>
  instant === undefined ? null : timestampOf(instant)

export const nullable = <A>(codec: t.Type<A>): t.Type<A | null> => t.union([codec, t.null], `${codec.name}, or null`)

export const fingerprint = textMatching('a fingerprint', /^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits')

/** An id as a cluster may bear; what else the deployment asks of it is checked behind the wire. */
export const clusterIdText = textMatching(
  'a cluster id',
  /^[\x21-\x7e]{1,64}$/,
  'must be 1 to 64 printable characters without spaces',
)

export const oneOf = <V extends string>(...values: ReadonlyArray<V>): t.Type<V> =>
  t.keyof(Object.fromEntries(values.map((value) => [value, null])) as Record<V, null>, `one of ${values.join(', ')}`)
