import { described, oneOf } from '@pull-secret/decoding'
import { type CredentialPosition, nextSteps, type TroubledCredential, workOf } from '@pull-secret/domain'
import * as t from 'io-ts'
import { type ListPage, nextCursorOf } from './list-page.ts'
import { stuckCursor } from './list-queries.ts'
import { count } from './number-codecs.ts'
import {
  nextCursor,
  nullable,
  problemWord,
  registryIdOfAnswer,
  text,
  timestamp,
  timestampOrNull,
} from './text-codecs.ts'

const stuckRow = described(
  t.intersection(
    [
      t.type({
        credential_id: text('Id of the credential in the ledger.', '7b0f6f0e-0000-4000-8000-000000000001'),
        cluster_id: text('The cluster.', 'cls-abc123def456'),
        registry_id: registryIdOfAnswer,
        vendor_name: text('Name of its object at the registry.', 'hyperfleet_gcp_useast1_abc123'),
        work: described(oneOf('create', 'mint', 'validate', 'revoke'), 'What the service tries to do.'),
        since: described(nullable(timestamp), 'Since when it is stuck, or a create was begun; null: not known yet.'),
        attempts: count('How often it was tried.', 7),
        next_attempt_at: described(nullable(timestamp), 'When the service tries again by itself, or null.'),
        next_step: text('What somebody can do about it.', nextSteps.administrator_refused),
      }),
      t.partial({ problem: problemWord }),
    ],
    'work that waits for somebody',
  ),
  'Work at a registry that is refused, or tried again and again in vain, and credentials in use that are refused.',
  { title: 'StuckCredential' },
)

export const stuckBody = described(
  t.type(
    { stuck: described(t.array(stuckRow), 'Those of the oldest credentials first.'), next_cursor: nextCursor },
    'a page of stuck work',
  ),
  'A page of work that waits for somebody.',
  { title: 'Stuck' },
)

export type StuckBody = t.TypeOf<typeof stuckBody>

const toStuckRow = (row: TroubledCredential): StuckBody['stuck'][number] => ({
  credential_id: row.id,
  cluster_id: row.clusterId,
  registry_id: row.registryId,
  vendor_name: row.vendorName,
  work: workOf(row),
  since: timestampOrNull(row.stuckSince ?? (row.state === 'intended' ? row.createdAt : undefined)),
  attempts: row.tries,
  next_attempt_at: timestampOrNull(row.nextAttemptAt),
  next_step: nextSteps[row.problem ?? 'server_error'],
  ...(row.problem === undefined ? {} : { problem: row.problem }),
})

export const toStuckBody = (page: ListPage<TroubledCredential, CredentialPosition>): StuckBody => ({
  stuck: page.items.map(toStuckRow),
  ...nextCursorOf(page, stuckCursor),
})
