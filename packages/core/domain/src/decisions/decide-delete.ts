import * as E from 'fp-ts/lib/Either.js'
import type { Cause } from '../audit/audit-record.ts'
import type { Cluster } from '../clusters/cluster.ts'
import type { Failure } from '../errors.ts'
import { afterTransitions, type ClusterLedger } from '../ledger/cluster-ledger.ts'
import { decided, type Decision, type Transition } from '../ledger/decision.ts'
import type { Instant } from '../platform/instant.ts'
import { finishDeletion } from './finish-deletion.ts'
import { type Held, takeRevoking, withdrawAll, type WithdrawContext } from './withdraw.ts'

export interface DeleteCommand {
  readonly clusterId: string
  /** Deletes only this incarnation. */
  readonly incarnation?: number
  readonly cause: Cause
}

type Refusal = Failure<'INCARNATION_CONFLICT'>

const refusal = (command: DeleteCommand, cluster: Cluster | undefined): Refusal | undefined =>
  command.incarnation === undefined || command.incarnation === cluster?.incarnation
    ? undefined
    : {
        code: 'INCARNATION_CONFLICT',
        clusterId: command.clusterId,
        incarnation: cluster?.incarnation ?? 0,
        asked: command.incarnation,
      }

const blankCluster = (command: DeleteCommand, now: Instant): Cluster => ({
  id: command.clusterId,
  version: 1,
  state: 'deleted',
  incarnation: 0,
  wantsAllRegistries: false,
  wantedRegistries: [],
  servedRegistries: [],
  epoch: 0,
  createdAt: now,
  createdBy: command.cause.subject,
})

const deleteAbsent = (
  command: DeleteCommand,
  cluster: Cluster | undefined,
  now: Instant,
): ReadonlyArray<Transition> => {
  if (cluster !== undefined && command.incarnation === cluster.incarnation) return []
  const after = cluster ?? blankCluster(command, now)
  return [
    {
      kind: 'cluster_moved',
      rule: 'K5',
      before: cluster,
      after: { ...after, incarnation: after.incarnation + 1 },
      cause: command.cause,
    },
  ]
}

/** Moves every row of the cluster out of use in one step, whoever holds it, and hands them out for deletion. */
export const decideDelete = (
  ledger: ClusterLedger,
  command: DeleteCommand,
  context: WithdrawContext,
  now: Instant,
): E.Either<Refusal, Decision<Held>> => {
  const { cluster } = ledger
  const refused = refusal(command, cluster)
  if (refused !== undefined) return E.left(refused)
  if (cluster === undefined || cluster.state === 'deleted')
    return E.right(decided([], deleteAbsent(command, cluster, now)))
  const start: ReadonlyArray<Transition> =
    cluster.state === 'deleting'
      ? []
      : [
          {
            kind: 'cluster_moved',
            rule: 'K2',
            before: cluster,
            after: { ...cluster, state: 'deleting', nextAttemptAt: undefined },
            cause: command.cause,
          },
        ]
  const withdrawn = [...start, ...withdrawAll(ledger, context, command.cause, now)]
  const finished = [...withdrawn, ...finishDeletion(afterTransitions(ledger, withdrawn), command.cause)]
  const taken = takeRevoking(afterTransitions(ledger, finished), context, now)
  return E.right(
    decided(
      taken.map((note) => note.after),
      [...finished, ...taken],
    ),
  )
}
