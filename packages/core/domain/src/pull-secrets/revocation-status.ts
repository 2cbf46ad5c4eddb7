import type { ViewedCredential } from '../ledger/ledger-reads.ts'
import type { Instant } from '../platform/instant.ts'
import type { CallProblem } from '../registries/outcomes.ts'

/** How far the revocation of one registry's credentials is. `settling`: deleted, to be proved at `settlesAt`. */
export interface RevocationStatus {
  readonly registryId: string
  readonly status: 'revoked' | 'revoking' | 'settling'
  readonly settlesAt?: Instant
  readonly problem?: CallProblem
  readonly stuck: boolean
}

const latest = (instants: ReadonlyArray<Instant>): Instant | undefined =>
  instants.length === 0 ? undefined : Math.max(...instants)

const statusOf = (registryId: string, rows: ReadonlyArray<ViewedCredential>, now: Instant): RevocationStatus => {
  if (rows.length === 0) return { registryId, status: 'revoked', stuck: false }
  const problem = rows.find((row) => row.problem !== undefined)?.problem
  const settlesAt = latest(rows.flatMap((row) => row.settlesAt ?? []))
  const isSettling =
    problem === undefined && settlesAt !== undefined && settlesAt > now && rows.every((row) => row.tries > 0)
  return {
    registryId,
    status: isSettling ? 'settling' : 'revoking',
    settlesAt: isSettling ? settlesAt : undefined,
    problem,
    stuck: rows.some((row) => row.stuckSince !== undefined),
  }
}

/**
 * One entry per registry that had something to revoke: `remaining` rows are not proved gone yet, `begun` ones were
 * under way.
 */
export const revocationStatuses = (
  remaining: ReadonlyArray<ViewedCredential>,
  begun: ReadonlyArray<ViewedCredential>,
  now: Instant,
): ReadonlyArray<RevocationStatus> =>
  [...new Set([...remaining, ...begun].map((row) => row.registryId))].sort().map((registryId) =>
    statusOf(
      registryId,
      remaining.filter((row) => row.registryId === registryId),
      now,
    ),
  )
