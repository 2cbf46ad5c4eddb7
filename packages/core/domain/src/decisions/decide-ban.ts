import type { Cause } from '../audit/audit-record.ts'
import { isStanding } from '../clusters/ban.ts'
import { afterTransitions, type ClusterLedger } from '../ledger/cluster-ledger.ts'
import { decided, type Decision, type Transition } from '../ledger/decision.ts'
import type { Instant } from '../platform/instant.ts'
import { type Held, takeRevoking, withdrawAll, type WithdrawContext } from './withdraw.ts'

export interface BanCommand {
  readonly clusterId: string
  /** For people. */
  readonly reason: string
  readonly cause: Cause
}

/** A ban that stands keeps who gave it, and why. */
const standing = (
  { clusterId, ban }: ClusterLedger,
  { reason, cause }: BanCommand,
  now: Instant,
): ReadonlyArray<Transition> =>
  isStanding(ban)
    ? []
    : [
        {
          kind: 'ban_moved',
          rule: 'B1',
          before: ban,
          after: {
            clusterId,
            version: ban?.version ?? 1,
            state: 'standing',
            reason,
            bannedBy: cause.subject,
            bannedAt: now,
          },
          cause,
        },
      ]

/** Its document is gone for good: the next one is published like the first. */
const dormant = ({ cluster }: ClusterLedger, now: Instant): ReadonlyArray<Transition> =>
  cluster?.state === 'live' && cluster.dormantSince === undefined
    ? [
        {
          kind: 'cluster_noted',
          before: cluster,
          after: {
            ...cluster,
            dormantSince: now,
            publishedAt: undefined,
            servedRegistries: [],
            nextAttemptAt: undefined,
          },
        },
      ]
    : []

const takenAfter = (
  ledger: ClusterLedger,
  transitions: ReadonlyArray<Transition>,
  context: WithdrawContext,
  now: Instant,
): Decision<Held> => {
  const taken = takeRevoking(afterTransitions(ledger, transitions), context, now)
  return decided(
    taken.map(({ after }) => after),
    [...transitions, ...taken],
  )
}

/** Bans an id, moves every row of its cluster out of use in one step, and hands them out for deletion. */
export const decideBan = (
  ledger: ClusterLedger,
  command: BanCommand,
  context: WithdrawContext,
  now: Instant,
): Decision<Held> =>
  takenAfter(
    ledger,
    [...standing(ledger, command, now), ...withdrawAll(ledger, context, command.cause, now), ...dormant(ledger, now)],
    context,
    now,
  )

/** Goes on with the deletions of a ban, as long as it stands. */
export const decideBanGoesOn = (ledger: ClusterLedger, context: WithdrawContext, now: Instant): Decision<Held> =>
  isStanding(ledger.ban) ? takenAfter(ledger, [], context, now) : decided([])

/** Lifts the ban of an id. What the ban took stays taken; one that was never banned is left alone. */
export const decideUnban = ({ ban }: ClusterLedger, cause: Cause): Decision<void> =>
  ban?.state === 'standing'
    ? decided(undefined, [{ kind: 'ban_moved', rule: 'B2', before: ban, after: { ...ban, state: 'lifted' }, cause }])
    : decided(undefined)
