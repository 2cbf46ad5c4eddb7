import {
  afterTransitions,
  auditOf,
  type CredentialLedger,
  type Decision,
  type Failure,
  findIllegalTransition,
  type Instant,
  type LateFindings,
  type LeaseClaim,
  type Transition,
  withLateFindings,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { Connection } from './connection.ts'
import { writing } from './ledger-failure.ts'
import { makeOneAtATime } from './one-at-a-time.ts'
import type { Database } from './open-database.ts'
import { sqlStateOf } from './sql-state.ts'
import { appendAudit } from './statements/append-audit.ts'
import { type LoadedCluster, loadForDecision } from './statements/load-cluster.ts'
import { writeBan } from './statements/write-ban.ts'
import { insertCluster, updateCluster } from './statements/write-cluster.ts'
import { insertCredential, updateCredential } from './statements/write-credential.ts'
import { IllegalDecision, inTransaction, mayRepeat, RaceLost } from './transaction.ts'

const triesAfterConflict = 5

const write = async (
  connection: Connection,
  transition: Transition,
  externalId: string | undefined,
): Promise<boolean> => {
  switch (transition.kind) {
    case 'cluster_moved':
    case 'cluster_noted':
      if (transition.before !== undefined) return updateCluster(connection, transition.before, transition.after)
      await insertCluster(connection, transition.after)
      return true
    case 'ban_moved':
      return writeBan(connection, transition.before, transition.after)
    case 'credential_added':
      await insertCredential(connection, transition.after, externalId)
      return true
    case 'credential_moved':
    case 'credential_noted':
      return updateCredential(connection, transition.before, transition.after)
  }
}

const writeDecision = async (
  connection: Connection,
  loaded: LoadedCluster,
  decision: Decision<unknown>,
): Promise<void> => {
  const { clusterId } = loaded.ledger
  const { cluster } = afterTransitions(loaded.ledger, decision.transitions)
  for (const transition of decision.transitions) {
    const broken = findIllegalTransition(transition)
    if (broken !== undefined) throw new IllegalDecision(`the ledger refuses a decision: ${broken}`)
    if (!(await write(connection, transition, cluster?.externalId)))
      throw new RaceLost(`a row changed before its ${transition.kind} was written`)
  }
  await appendAudit(
    connection,
    clusterId,
    auditOf(decision, clusterId, loaded.now),
    loaded.auditCount,
    loaded.auditHead,
  )
}

/** Locks the cluster, loads it, and writes what `decide` says; a refusal writes nothing. */
const changeOnce = <L, A>(
  database: Database,
  clusterId: string,
  decide: (connection: Connection, loaded: LoadedCluster) => Promise<E.Either<L, Decision<A>>>,
) =>
  inTransaction(
    database,
    async (connection): Promise<E.Either<L, A>> => {
      const loaded = await loadForDecision(connection, clusterId)
      const decision = await decide(connection, loaded)
      if (E.isLeft(decision)) return decision
      await writeDecision(connection, loaded, decision.right)
      return E.right(decision.right.answer)
    },
    clusterId,
  )

const repeating = async <A>(work: () => Promise<A>, tries: number): Promise<A> => {
  try {
    return await work()
  } catch (error) {
    if (tries > 1 && mayRepeat(error)) return repeating(work, tries - 1)
    throw error
  }
}

const isUsedName = (error: unknown): boolean =>
  sqlStateOf(error) === '23505' &&
  (error as { readonly constraint?: unknown }).constraint === 'uniq_registry_credentials_name'

/** Random names of two rows may be the same; any other constraint that breaks is a bug. */
const namesOnce = async <L, A>(
  work: () => Promise<E.Either<L, A>>,
): Promise<E.Either<L | Failure<'NAME_DRAWN_TWICE'>, A>> => {
  try {
    return await work()
  } catch (error) {
    if (isUsedName(error)) return E.left({ code: 'NAME_DRAWN_TWICE' })
    throw error
  }
}

/** What breaks off in a decision is its own fault, not the database's. */
const decisionOf = <D>(decide: () => D): D => {
  try {
    return decide()
  } catch (error) {
    throw new IllegalDecision('a decision broke off', { cause: error })
  }
}

const decideUnderLease =
  <A>(
    lease: LeaseClaim,
    findings: LateFindings,
    decide: (
      ledger: LoadedCluster['ledger'],
      row: LoadedCluster['ledger']['credentials'][number],
      now: Instant,
    ) => Decision<A>,
  ) =>
  async (connection: Connection, { ledger, now }: LoadedCluster): Promise<E.Either<'fence lost', Decision<A>>> => {
    const row = ledger.credentials.find((other) => other.id === lease.credentialId)
    if (row?.fence === lease.fence && row.lease?.attemptId === lease.attemptId)
      return E.right(decisionOf(() => decide(ledger, row, now)))
    const late = row === undefined ? undefined : withLateFindings(row, findings, now)
    if (row !== undefined && late !== undefined && !(await updateCredential(connection, row, late)))
      throw new RaceLost('a row changed before what was found about it was written')
    return E.left('fence lost')
  }

/**
 * The ledger on PostgreSQL: a transaction advisory lock per cluster, conditional updates, audit in the same
 * transaction.
 */
export const makePostgresLedger = (database: Database): CredentialLedger => {
  const oneAtATime = makeOneAtATime()
  return {
    change: (clusterId, decide) =>
      writing(database, () =>
        namesOnce(() =>
          oneAtATime(clusterId, () =>
            repeating(
              () =>
                changeOnce(database, clusterId, (_connection, { ledger, now }) =>
                  Promise.resolve(decisionOf(() => decide(ledger, now))),
                ),
              triesAfterConflict,
            ),
          ),
        ),
      ),

    record: (lease, decide, findings = {}) =>
      writing(database, async () => {
        const result = await oneAtATime(lease.clusterId, () =>
          repeating(
            () => changeOnce(database, lease.clusterId, decideUnderLease(lease, findings, decide)),
            triesAfterConflict,
          ),
        )
        return E.isLeft(result) ? E.left({ code: 'FENCE_LOST' as const }) : result
      }),
  }
}
