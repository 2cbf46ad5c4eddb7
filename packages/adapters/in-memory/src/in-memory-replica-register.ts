import type { ReplicaRegister } from '@pull-secret/domain'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { InMemoryLedgerDeps } from './in-memory-ledger-deps.ts'

const hour = 3_600_000

export const makeInMemoryReplicaRegister = ({ tables, clock }: InMemoryLedgerDeps): ReplicaRegister => ({
  beat: (facts) =>
    TE.fromIO(() => {
      const now = clock.now()
      const startedAt = tables.replicas.get(facts.id)?.startedAt ?? now
      tables.replicas.set(facts.id, { ...facts, protocol: 1, startedAt, seenAt: now })
    }),
  leave: (id) =>
    TE.fromIO(() => {
      tables.replicas.delete(id)
    }),
  seen: TE.fromIO(() => {
    const readAt = clock.now()
    const replicas = [...tables.replicas.values()]
      .filter(({ seenAt }) => seenAt > readAt - hour)
      .sort((one, other) => one.startedAt - other.startedAt)
    return { replicas, readAt }
  }),
})
