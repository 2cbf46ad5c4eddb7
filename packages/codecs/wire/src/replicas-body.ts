import { described } from '@pull-secret/decoding'
import type { Replica } from '@pull-secret/domain'
import * as t from 'io-ts'
import { count } from './number-codecs.ts'
import { text, timestamp, timestampOf } from './text-codecs.ts'

const replicaBody = described(
  t.type(
    {
      replica_id: text('Drawn when the process began.', '7b0f6f0e-0000-4000-8000-000000000001'),
      component: text('What it is.', 'pull-secret-service'),
      host: text('The machine or pod that it runs on.', 'pull-secret-service-7d4b9c-x2x9k'),
      version: text('Its release.', '0.1.0'),
      ledger_protocol: count('The protocol by which it writes the ledger.', 1),
      key_ids: described(t.array(text('Id of a key.', 'key-2026')), 'The keys that it can decrypt with.'),
      started_at: timestamp,
      seen_at: timestamp,
      alive: described(t.boolean, 'Whether it has said so within the last 35 seconds.'),
    },
    'a replica',
  ),
  'A process that writes the ledger.',
  { title: 'Replica' },
)

export const replicasBody = described(
  t.type({ replicas: described(t.array(replicaBody), 'The longest running first.') }, 'the replicas'),
  'The processes that write the ledger and were seen within the last hour.',
  { title: 'Replicas' },
)

export type ReplicasBody = t.TypeOf<typeof replicasBody>

export const toReplicasBody = (replicas: ReadonlyArray<Replica & { readonly isAlive: boolean }>): ReplicasBody => ({
  replicas: replicas.map(({ id, component, host, version, protocol, keyIds, startedAt, seenAt, isAlive }) => ({
    replica_id: id,
    component,
    host,
    version,
    ledger_protocol: protocol,
    key_ids: [...keyIds],
    started_at: timestampOf(startedAt),
    seen_at: timestampOf(seenAt),
    alive: isAlive,
  })),
})
