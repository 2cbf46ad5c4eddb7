import type { Cause } from '../audit/audit-record.ts'
import type { Cluster } from '../clusters/cluster.ts'
import { wantedRegistries } from '../clusters/wanted-registries.ts'
import { type Credential, hasFreeLease, isUnsettled, servedUntil } from '../credentials/credential.ts'
import { registryRows } from '../credentials/registry-rows.ts'
import type { ClusterLedger } from '../ledger/cluster-ledger.ts'
import type { Transition } from '../ledger/decision.ts'
import type { SealedText } from '../platform/cipher.ts'
import type { Instant } from '../platform/instant.ts'
import type { Registry } from '../registries/registry.ts'
import { takeCreatingLease } from './lease.ts'
import { revokeNow } from './revoke.ts'

/** Random material for one row, drawn before the transaction. */
export interface CredentialDraw {
  readonly credentialId: string
  readonly attemptId: string
  readonly entropy: string
  /** Present where the service chooses the secret. */
  readonly sealedToken?: SealedText
}

/** Rows under a creating lease of the caller's. */
export type Intended = ReadonlyArray<Credential>

export interface IntendContext {
  readonly registries: ReadonlyArray<Registry>
  readonly draws: Readonly<Record<string, CredentialDraw>>
}

interface Step {
  readonly transitions: ReadonlyArray<Transition>
  readonly taken: Intended
}

const nothing: Step = { transitions: [], taken: [] }

/**
 * So many rows of one cluster and registry may be unsettled at once; a vendor that burns names faster than they
 * settle has to wait.
 */
const unsettledLimit = 3

const attempt = (row: Credential, registry: Registry, attemptId: string, now: Instant): Credential =>
  takeCreatingLease(
    row,
    {
      attemptId,
      leaseSeconds: registry.leaseSeconds,
      landingWindowSeconds: registry.client.capabilities.landingWindowSeconds,
    },
    now,
  )

/** One registry that a live cluster wants. */
interface Wanted {
  readonly ledger: ClusterLedger
  readonly cluster: Cluster
  readonly registry: Registry
  readonly draw: CredentialDraw
  readonly cause: Cause
}

const newRow = ({ ledger, cluster, registry, draw }: Wanted, now: Instant): Credential => ({
  id: draw.credentialId,
  version: 1,
  clusterId: cluster.id,
  incarnation: cluster.incarnation,
  registryId: registry.id,
  generation: (ledger.generations[registry.id] ?? 0) + 1,
  scope: registry.client.scope,
  state: 'intended',
  fence: 0,
  vendorName: registry.client.vendorName({
    clusterId: cluster.id,
    credentialId: draw.credentialId,
    cloudProvider: cluster.cloudProvider,
    region: cluster.region,
    entropy: draw.entropy,
  }),
  attempts: 0,
  outcome: 'none',
  tries: 0,
  sealedToken: draw.sealedToken,
  createdAt: now,
})

const addRow = (wanted: Wanted, now: Instant): Step => {
  const { ledger, registry, draw, cause } = wanted
  const unsettled = ledger.credentials.filter((row) => row.registryId === registry.id && isUnsettled(row, now))
  if (unsettled.length >= unsettledLimit) return nothing
  const taken = attempt(newRow(wanted, now), registry, draw.attemptId, now)
  return { transitions: [{ kind: 'credential_added', rule: 'C1', after: taken, cause }], taken: [taken] }
}

/** Whether a row that nobody holds can still become a credential, or its only secret may be lost. */
const isAbandoned = (row: Credential, registry: Registry): boolean =>
  registry.client.capabilities.recoveryClass === 'one-shot' && row.outcome === 'unknown'

const isDue = (row: Credential, now: Instant): boolean => hasFreeLease(row, now) && (row.nextAttemptAt ?? now) <= now

/** Revokes a row, and goes on without it. */
const without = (row: Credential, wanted: Wanted, now: Instant, next: Step): Step => {
  const move = revokeNow(row, wanted.registry.client.capabilities, wanted.cause, now)
  return { transitions: [...(move === undefined ? [] : [move]), ...next.transitions], taken: next.taken }
}

const stepOf = (unpublished: Credential | undefined, wanted: Wanted, now: Instant): Step => {
  const { registry, draw } = wanted
  if (unpublished === undefined) return addRow(wanted, now)
  if (servedUntil(unpublished) <= now) return without(unpublished, wanted, now, addRow(wanted, now))
  if (unpublished.state !== 'intended' || !isDue(unpublished, now)) return nothing
  if (unpublished.scope !== registry.client.scope || isAbandoned(unpublished, registry))
    return without(unpublished, wanted, now, addRow(wanted, now))
  const taken = attempt(unpublished, registry, draw.attemptId, now)
  return { transitions: [{ kind: 'credential_noted', before: unpublished, after: taken }], taken: [taken] }
}

/** A replica whose configuration has a registry elsewhere than the newest one leaves it to those that know. */
const isWhereOthersHaveIt = ({ scopes = {} }: ClusterLedger, { id, client: { scope } }: Registry): boolean =>
  (scopes[id] ?? scope) === scope

/** What is made beside an entry that still counts is somebody else's to go on with. */
const stepFor = (wanted: Wanted, now: Instant): Step => {
  const { ledger, registry } = wanted
  if (!isWhereOthersHaveIt(ledger, registry)) return nothing
  const { active, unpublished } = registryRows(ledger.credentials, registry.id)
  if (active === undefined) return stepOf(unpublished, wanted, now)
  return servedUntil(active) > now ? nothing : without(active, wanted, now, stepOf(unpublished, wanted, now))
}

/** What ends by itself at a registry that makes no more is not replaced. */
const withdrawn = (
  row: Credential,
  registries: ReadonlyArray<Registry>,
  cause: Cause,
  now: Instant,
): ReadonlyArray<Transition> => {
  const registry = registries.find(({ id }) => id === row.registryId)
  const move = revokeNow(row, registry?.client.capabilities, cause, now)
  return move === undefined ? [] : [move]
}

/**
 * One step per registry the cluster wants and has no finished credential of: a new row, or another attempt for the
 * row it has.
 */
export const intend = (ledger: ClusterLedger, context: IntendContext, cause: Cause, now: Instant): Step => {
  const { cluster } = ledger
  if (cluster === undefined) return nothing
  const wanted = wantedRegistries(cluster, context.registries)
  const steps = wanted.map((registry) => {
    const draw = context.draws[registry.id]
    return draw === undefined ? nothing : stepFor({ ledger, cluster, registry, draw, cause }, now)
  })
  const ended = ledger.credentials
    .filter(({ registryId }) => wanted.every(({ id }) => id !== registryId))
    .filter((row) => servedUntil(row) <= now)
    .flatMap((row) => withdrawn(row, context.registries, cause, now))
  return {
    transitions: [...ended, ...steps.flatMap((step) => step.transitions)],
    taken: steps.flatMap((step) => step.taken),
  }
}
