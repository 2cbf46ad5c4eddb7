import { wantedRegistries } from '../clusters/wanted-registries.ts'
import { hasFreeLease, servedUntil } from '../credentials/credential.ts'
import { presentedRow, registryRows } from '../credentials/registry-rows.ts'
import type { ClusterLedger } from '../ledger/cluster-ledger.ts'
import type { ClusterView, ViewedCredential } from '../ledger/ledger-reads.ts'
import type { Instant } from '../platform/instant.ts'
import type { RegistryStatus } from '../pull-secrets/registry-status.ts'
import type { Registry } from '../registries/registry.ts'

/** A cluster as a decision about it sees it. */
export const seenAt = (ledger: ClusterLedger, now: Instant): ClusterView => ({ ...ledger, readAt: now })

/** Whether a row is an entry of the document: nothing is handed out past its announced expiry. */
export const isServed = (row: Pick<ViewedCredential, 'state' | 'expiresAt'>, now: Instant): boolean =>
  row.state === 'active' && servedUntil(row) > now

const statusOf = (view: ClusterView, registry: Registry): RegistryStatus => {
  const rows = view.credentials.filter((row) => row.registryId === registry.id)
  const named = { registryId: registry.id, required: registry.required }
  if (rows.some((row) => row.scope === registry.client.scope && isServed(row, view.readAt)))
    return { ...named, status: 'active' }
  const problem = rows.find((row) => row.problem !== undefined)?.problem
  return problem === undefined ? { ...named, status: 'pending' } : { ...named, status: 'failing', problem }
}

/** What a newer configuration than ours keeps a document back for. */
const requiredElsewhere = (
  { cluster, requiredRegistries = [] }: ClusterView,
  all: ReadonlyArray<Registry>,
): ReadonlyArray<RegistryStatus> =>
  cluster?.publishedAt === undefined
    ? requiredRegistries
        .filter((id) => !all.some((registry) => registry.enabled && registry.id === id))
        .map((registryId) => ({ registryId, required: true, status: 'pending' }))
    : []

/** How each registry that the cluster wants stands. */
export const registryStatuses = (view: ClusterView, all: ReadonlyArray<Registry>): ReadonlyArray<RegistryStatus> =>
  view.cluster === undefined
    ? []
    : [
        ...wantedRegistries(view.cluster, all).map((registry) => statusOf(view, registry)),
        ...requiredElsewhere(view, all),
      ]

/** Whether a document is served: published once, it always is. */
export const isPublished = (view: ClusterView): boolean =>
  view.cluster?.state === 'live' && view.cluster.publishedAt !== undefined

/** Whether a required entry that the document had is missing from it: it ended before there was another. */
export const hasLostEntries = (view: ClusterView, all: ReadonlyArray<Registry>): boolean =>
  registryStatuses(view, all).some(
    ({ registryId, required, status }) =>
      required && status !== 'active' && view.cluster?.servedRegistries.includes(registryId) === true,
  )

/** Whether nothing required is missing from the document. */
export const hasEverythingRequired = (view: ClusterView, all: ReadonlyArray<Registry>): boolean =>
  isPublished(view) &&
  registryStatuses(view, all).every((registry) => !registry.required || registry.status === 'active')

/**
 * Whether somebody is asking a vendor for the first time for a registry that the document lacks. Later attempts are
 * nobody's to wait for.
 */
export const isInMotion = (view: ClusterView, all: ReadonlyArray<Registry>): boolean =>
  view.cluster !== undefined &&
  wantedRegistries(view.cluster, all).some((registry) => {
    const missed = presentedRow(registryRows(view.credentials, registry.id))
    return missed?.state === 'intended' && missed.attempts === 1 && !hasFreeLease(missed, view.readAt)
  })

/** Whether nothing at all is missing from the document. */
export const isComplete = (view: ClusterView, all: ReadonlyArray<Registry>): boolean =>
  isPublished(view) && registryStatuses(view, all).every((registry) => registry.status === 'active')

/** Whether every registry that the cluster wants has an entry, or a row that may become one. */
export const hasRowForEach = (view: ClusterView, all: ReadonlyArray<Registry>): boolean =>
  view.cluster !== undefined &&
  wantedRegistries(view.cluster, all).every(
    (registry) => presentedRow(registryRows(view.credentials, registry.id)) !== undefined,
  )
