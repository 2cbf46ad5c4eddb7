import { described, exactly, oneOf, schemaOf, textMatching, wholeNumber, withSchema } from '@pull-secret/decoding'
import type { AuditAction, AuditPosition, ClusterState, CredentialPosition, Instant } from '@pull-secret/domain'
import * as t from 'io-ts'
import { cursorOf } from './cursors.ts'
import { clusterIdText, timestamp } from './text-codecs.ts'

const mostItems = 100
const usualItems = 50

const itemCount = wholeNumber(1, mostItems)

/** The number that a parameter's text stands for. */
const limit = described(
  withSchema(
    new t.Type<number, unknown>(
      itemCount.name,
      (value): value is number => itemCount.is(value),
      (value, context) => {
        const number = typeof value === 'string' && /^[1-9]\d{0,2}$/.test(value) ? Number(value) : undefined
        return itemCount.is(number)
          ? t.success(number)
          : t.failure(value, context, `must be a whole number from 1 to ${String(mostItems)}`)
      },
      (number) => number,
    ),
    () => schemaOf(itemCount),
  ),
  `How many items a page has at most. Absent: ${String(usualItems)}.`,
)

export const defaultLimit = usualItems

/** The years 1 to 9999, which every part of the service can write. */
const instant = t.number.pipe(wholeNumber(Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')))

/** JavaScript reads the 30th of February as the 2nd of March. */
const isOfCalendar = (text: unknown, instant: Instant): boolean =>
  typeof text === 'string' && new Date(instant).toISOString().startsWith(text.slice(0, 10))

const moment = (description: string): t.Type<Instant, unknown> =>
  described(
    withSchema(
      new t.Type<Instant, unknown>(
        timestamp.name,
        (value): value is Instant => typeof value === 'number',
        (value, context) => {
          const found = timestamp.is(value) ? Date.parse(value) : Number.NaN
          return instant.is(found) && isOfCalendar(value, found)
            ? t.success(found)
            : t.failure(value, context, 'must be an RFC 3339 timestamp in UTC of the years 1 to 9999')
        },
        (found) => new Date(found).toISOString(),
      ),
      () => schemaOf(timestamp),
    ),
    description,
  )

const word = (name: string, description: string): t.Type<string, unknown> =>
  described(
    textMatching(name, /^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 printable characters without spaces'),
    description,
  )

const uuid = textMatching('an id', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be the id of a row')

const states: ReadonlyArray<ClusterState> = ['live', 'deleting', 'deleted']

/** Every action that the audit knows. */
export const auditActions = [
  'create',
  'claim',
  'rotate',
  'switch',
  'confirm',
  'cancel',
  'complete',
  'validate',
  'revoke',
  'delete',
  'reappear',
  'adopt',
  'attest',
  'ban',
  'unban',
  'key-rotate',
  'refuse',
] as const satisfies ReadonlyArray<AuditAction>

export const clusterCursor = cursorOf('clusters', clusterIdText)
export const stuckCursor = cursorOf<CredentialPosition>('stuck', t.type({ createdAt: instant, id: uuid }))
const chain = textMatching('a chain', /^[\x20-\x7e]{1,128}$/, 'must be the name of a chain')
const sequence = t.number.pipe(wholeNumber(1, Number.MAX_SAFE_INTEGER))
export const auditCursor = cursorOf<AuditPosition>('audit', t.type({ at: instant, chain, sequence }))

export const clustersQuery = exactly(
  'the query of a clusters request',
  {},
  {
    state: described(oneOf(...states), 'Clusters in this state alone.'),
    cloud_provider: word('a cloud provider', 'Clusters of this cloud provider alone.'),
    region: word('a region', 'Clusters in this region alone.'),
    registry_id: word('a registry id', 'Clusters alone that have a credential at this registry that is not revoked.'),
    created_before: moment('Clusters alone that have a credential that is not revoked and was created before.'),
    limit,
    cursor: clusterCursor.codec,
  },
)

export const stuckQuery = exactly('the query of a stuck request', {}, { limit, cursor: stuckCursor.codec })

export const auditQuery = exactly(
  'the query of an audit request',
  {},
  {
    cluster_id: clusterIdText,
    subject: described(
      textMatching('a subject', /^[^\p{Cc}]{1,1024}$/u, 'must be 1 to 1024 characters'),
      'Records of this subject alone.',
    ),
    action: described(oneOf(...auditActions), 'Records of this action alone.'),
    from: moment('Records from then on.'),
    until: moment('Records before then.'),
    limit,
    cursor: auditCursor.codec,
  },
)
