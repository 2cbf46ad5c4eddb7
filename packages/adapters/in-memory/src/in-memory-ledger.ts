import {
  type AuditChains,
  changedKey,
  type Credential,
  type CredentialLedger,
  type DeploymentRegister,
  displacedRegistry,
  type DueWork,
  type Failure,
  type FleetReads,
  type Instant,
  isDue,
  type KeyCheck,
  type LateFindings,
  type LeaseClaim,
  type LedgerReads,
  type RefusalLog,
  type RegistryScope,
  type ReplicaRegister,
  type SharedObjects,
  takeDue,
  withLateFindings,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { appendAudit } from './append-audit.ts'
import { applyDecision, takesUsedName } from './apply-decision.ts'
import { makeInMemoryAuditChains } from './in-memory-audit-chains.ts'
import { makeInMemoryFleetReads } from './in-memory-fleet-reads.ts'
import type { InMemoryLedgerDeps } from './in-memory-ledger-deps.ts'
import { makeInMemoryReplicaRegister } from './in-memory-replica-register.ts'
import { clusterLedgerOf, clusterViewOf, type LedgerTables, livingRows, replaceRow } from './ledger-tables.ts'

export interface InMemoryLedger {
  readonly ledger: CredentialLedger
  readonly reads: LedgerReads
  readonly fleet: FleetReads
  readonly dueWork: DueWork
  readonly sharedObjects: SharedObjects
  readonly register: DeploymentRegister
  readonly replicas: ReplicaRegister
  readonly auditChains: AuditChains
  readonly refusals: RefusalLog
}

const holds = (row: Credential, lease: LeaseClaim): boolean =>
  row.fence === lease.fence && row.lease?.attemptId === lease.attemptId

const makeLedger = ({ tables, clock }: InMemoryLedgerDeps): CredentialLedger => ({
  change: (clusterId, decide) =>
    TE.fromIOEither(() => {
      const now = clock.now()
      const decision = decide(clusterLedgerOf(tables, clusterId), now)
      if (E.isLeft(decision)) return decision
      if (takesUsedName(tables, decision.right)) return E.left({ code: 'NAME_DRAWN_TWICE' as const })
      applyDecision(tables, clusterId, decision.right, now)
      return E.right(decision.right.answer)
    }),

  record: <A>(lease: LeaseClaim, decide: Parameters<CredentialLedger['record']>[1], findings: LateFindings = {}) =>
    TE.fromIOEither((): E.Either<Failure<'FENCE_LOST'>, A> => {
      const now = clock.now()
      const ledger = clusterLedgerOf(tables, lease.clusterId)
      const row = ledger.credentials.find((other) => other.id === lease.credentialId)
      if (row === undefined) return E.left({ code: 'FENCE_LOST' })
      if (!holds(row, lease)) {
        const after = withLateFindings(row, findings, now)
        if (after !== undefined) replaceRow(tables, after)
        return E.left({ code: 'FENCE_LOST' })
      }
      const decision = decide(ledger, row, now)
      applyDecision(tables, lease.clusterId, decision, now)
      return E.right(decision.answer as A)
    }),
})

const makeReads = ({ tables, clock }: InMemoryLedgerDeps): LedgerReads => ({
  cluster: (clusterId) => TE.fromIO(() => clusterViewOf(tables, clusterId, clock.now())),
  sharedObjectRows: (registryId) =>
    TE.fromIO(() =>
      livingRows(tables)
        .filter((row) => row.registryId === registryId && row.state !== 'revoking' && row.attempts > 0)
        .sort((one, other) => (one.vendorName < other.vendorName ? -1 : 1)),
    ),
  ping: TE.right(undefined),
})

const byDue = (one: { readonly nextAttemptAt?: Instant }, other: { readonly nextAttemptAt?: Instant }): number =>
  (one.nextAttemptAt ?? 0) - (other.nextAttemptAt ?? 0)

const makeDueWork = ({ tables, clock }: InMemoryLedgerDeps): DueWork => ({
  claim: ({ terms, kind, attemptIds }) =>
    TE.fromIO(() => {
      const now = clock.now()
      const due = livingRows(tables)
        .filter(
          (row) => row.registryId === terms.registryId && row.scope === terms.scope && isDue(row, { terms, kind }, now),
        )
        .sort(byDue)
      const claimed = attemptIds.flatMap((attemptId, index) => {
        const credential = due[index]
        if (credential === undefined) return []
        const cluster = tables.clusters.get(credential.clusterId)?.cluster
        return [takeDue({ credential, cluster }, terms, attemptId, now)]
      })
      return claimed.map((work) => ({ ...work, credential: replaceRow(tables, work.credential) }))
    }),
  clusters: (limit, enabledRegistryIds) =>
    TE.fromIO(() => {
      const now = clock.now()
      if (tables.enabledRegistries?.every((id) => enabledRegistryIds.includes(id)) === false) return []
      const live = [...tables.clusters.values()].flatMap(({ cluster }) => (cluster?.state === 'live' ? [cluster] : []))
      const byTime = live.filter(({ nextAttemptAt }) => nextAttemptAt !== undefined && nextAttemptAt <= now).sort(byDue)
      const byEpoch = live.filter((cluster) => cluster.epoch < tables.epoch && !byTime.includes(cluster))
      return [...byTime, ...byEpoch].slice(0, limit).map((cluster) => cluster.id)
    }),
})

const makeSharedObjects = ({ tables, clock }: InMemoryLedgerDeps): SharedObjects => ({
  take: (registryId, attemptId, heldSeconds) =>
    TE.fromIOEither(() => {
      const now = clock.now()
      const held = tables.sharedObjects.get(registryId)
      if (held !== undefined && held.expiresAt > now) return E.left({ code: 'SHARED_OBJECT_BUSY' as const })
      const fence = (held?.fence ?? 0) + 1
      tables.sharedObjects.set(registryId, { attemptId, fence, expiresAt: now + heldSeconds * 1000 })
      return E.right({ registryId, attemptId, fence })
    }),
  release: ({ registryId, attemptId, fence }, use) =>
    TE.fromIO(() => {
      const held = tables.sharedObjects.get(registryId)
      if (held?.fence !== fence || held.attemptId !== attemptId) return
      const next = use === 'nothing-written' ? fence - 1 : fence
      tables.sharedObjects.set(registryId, { ...held, fence: next, expiresAt: 0 })
    }),
  passFence: (registryId, fence) =>
    TE.fromIOEither(() => {
      const held = tables.sharedObjects.get(registryId) ?? { attemptId: '', fence: 0, expiresAt: 0 }
      if (held.expiresAt > clock.now()) return E.left({ code: 'SHARED_OBJECT_BUSY' as const })
      tables.sharedObjects.set(registryId, { ...held, fence: Math.max(held.fence, fence) })
      return E.right(undefined)
    }),
})

const knownKeys = ({ keys }: LedgerTables): ReadonlyArray<KeyCheck> =>
  [...keys].map(([keyId, check]) => ({ keyId, check }))

const scopesIn = (tables: LedgerTables): ReadonlyArray<RegistryScope> => {
  const rows = livingRows(tables)
  const standingWith = (one: Credential): ReadonlyArray<Credential> =>
    rows.filter((other) => other.registryId === one.registryId && other.scope === one.scope)
  return rows
    .filter((row) => standingWith(row)[0] === row)
    .map((row) => ({
      registryId: row.registryId,
      scope: row.scope,
      credentials: standingWith(row).length,
      clusterId: row.clusterId,
    }))
}

const makeRegister = ({ tables }: InMemoryLedgerDeps): DeploymentRegister => ({
  owner: TE.fromIO(() => tables.deploymentId),
  agreeOn: (deploymentId) =>
    TE.fromIOEither(() => {
      const stored = tables.deploymentId ?? deploymentId
      if (stored !== deploymentId)
        return E.left({ code: 'DEPLOYMENT_MISMATCH' as const, stored, configured: deploymentId })
      tables.deploymentId = stored
      return E.right(undefined)
    }),
  keys: TE.fromIO(() => knownKeys(tables)),
  agreeOnKeys: (keys) =>
    TE.fromIOEither(() => {
      const changed = changedKey(knownKeys(tables), keys)
      if (changed !== undefined) return E.left(changed)
      keys.forEach(({ keyId, check }) => tables.keys.set(keyId, check))
      return E.right(undefined)
    }),
  scopesInUse: TE.fromIO(() => scopesIn(tables)),
  agreeOnRegistries: (registries) =>
    TE.fromIOEither(() => {
      const displaced = displacedRegistry(scopesIn(tables), registries)
      if (displaced !== undefined) return E.left(displaced)
      const known = tables.enabledRegistries
      tables.enabledRegistries = registries.filter(({ enabled }) => enabled).map(({ id }) => id)
      tables.requiredRegistries = registries.filter(({ enabled, required }) => enabled && required).map(({ id }) => id)
      tables.scopes = Object.fromEntries(registries.map(({ id, scope }) => [id, scope]))
      if (known !== undefined && tables.enabledRegistries.some((id) => !known.includes(id))) tables.epoch += 1
      return E.right(undefined)
    }),
})

/** The ledger's ports on plain maps; every call is one indivisible step. */
export const makeInMemoryLedger = (deps: InMemoryLedgerDeps): InMemoryLedger => ({
  ledger: makeLedger(deps),
  reads: makeReads(deps),
  fleet: makeInMemoryFleetReads(deps),
  dueWork: makeDueWork(deps),
  sharedObjects: makeSharedObjects(deps),
  register: makeRegister(deps),
  replicas: makeInMemoryReplicaRegister(deps),
  auditChains: makeInMemoryAuditChains(deps.tables),
  refusals: {
    append: (events) =>
      TE.fromIO(() => {
        const at = deps.clock.now()
        appendAudit(
          deps.tables,
          events.map((event) => ({ ...event, at })),
        )
      }),
  },
})
