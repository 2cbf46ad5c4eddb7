import { described, textMatching } from '@pull-secret/decoding'
import type { Instant } from '@pull-secret/domain'
import * as t from 'io-ts'

export const timestamp = described(
  textMatching(
    'an RFC 3339 timestamp in UTC',
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/,
    'must be an RFC 3339 timestamp in UTC',
  ),
  'An RFC 3339 timestamp in UTC.',
  { format: 'date-time', example: '2026-02-08T10:00:00.000Z' },
)

export const timestampOf = (instant: Instant): string => new Date(instant).toISOString()

export const timestampOrNull = (instant: Instant | undefined): string | null =>
  instant === undefined ? null : timestampOf(instant)

export const nullable = <A>(codec: t.Type<A>): t.Type<A | null> => t.union([codec, t.null], `${codec.name}, or null`)

export const fingerprint = described(
  textMatching('a fingerprint', /^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits'),
  'HMAC-SHA-256 under the key of the cluster, in hexadecimal digits.',
  { example: 'f37f9de650c47e35a3acadd105c8e7979d9eeb209f078537827201dd6cea504f' },
)

/** The form of every cluster id. The API also applies the patterns of the deployment. */
export const clusterIdText = described(
  textMatching('a cluster id', /^[\x21-\x7e]{1,64}$/, 'must be 1 to 64 printable characters without spaces'),
  [
    'Id of the cluster. It also matches one of the patterns of the deployment:',
    'by default a lower-case UUID, or `cls-` and 6 to 36 lower-case letters or digits.',
  ].join(' '),
  { example: 'cls-abc123def456' },
)

/** Text of an answer. */
export const text = (description: string, example: string): t.Type<string> =>
  described<t.Type<string>>(t.string, description, { example })

export const registryIdOfAnswer = text('Id of the registry in the configuration of the deployment.', 'quay')

/** Why something fails. Clients meet words that they do not know. */
export const problemWord = text('Why it fails, in one word such as `timeout` or `rate_limited`.', 'timeout')

/** Present where it holds. */
export const openCircuit = described(t.literal('open'), 'The registry failed again and again, and is asked rarely.')

/** Of a page: what to pass as `cursor` for the next one. */
export const nextCursor = described(
  nullable(t.string),
  'Pass it as `cursor` for the next page; null: this is the last.',
  {
    example: null,
  },
)
