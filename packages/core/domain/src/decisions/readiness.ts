import { wantedRegistries } from '../clusters/wanted-registries.ts'
import { hasFreeLease, isBeingRevoked } from '../credentials/credential.ts'
import type { ClusterView } from '../ledger/ledger-reads.ts'
import type { Instant } from '../platform/instant.ts'
import type { RegistryStatus } from '../pull-secrets/registry-status.ts'
import type { Registry } from '../registries/registry.ts'

const statusOf = (view: ClusterView, registry: Registry): RegistryStatus => {
  const rows = view.credentials.filter((row) => row.registryId === registry.id)
  const named = { registryId: registry.id, required: registry.required }
  if (rows.some((row) => row.state === 'active')) return { ...named, status: 'active' }
  const problem = rows.find((row) => row.problem !== undefined)?.problem
  return problem === undefined ? { ...named, status: 'pending' } : { ...named, status: 'failing', problem }
}

/** How each registry that the cluster wants stands. */
export const registryStatuses = (view: ClusterView, all: ReadonlyArray<Registry>): ReadonlyArray<RegistryStatus> =>
  view.cluster === undefined ? [] : wantedRegistries(view.cluster, all).map((registry) => statusOf(view, registry))

/** Whether a document is served: published once, it always is. */
export const isPublished = (view: ClusterView): boolean =>
  view.cluster?.state === 'live' && view.cluster.publishedAt !== undefined

/** Whether nothing required is missing from the document. */
export const hasEverythingRequired = (view: ClusterView, all: ReadonlyArray<Registry>): boolean =>
  isPublished(view) &&
  registryStatuses(view, all).every((registry) => !registry.required || registry.status === 'active')

/**
 * Whether somebody is asking a vendor for the first time for a registry that the document lacks. Later attempts are
 * nobody's to wait for.
 */
export const isInMotion = (view: ClusterView, all: ReadonlyArray<Registry>, now: Instant): boolean =>
  view.cluster !== undefined &&
  wantedRegistries(view.cluster, all).some((registry) =>
    view.credentials.some(
      (row) =>
        row.registryId === registry.id && row.state === 'intended' && row.attempts === 1 && !hasFreeLease(row, now),
    ),
  )

/** Whether nothing at all is missing from the document. */
export const isComplete = (view: ClusterView, all: ReadonlyArray<Registry>): boolean =>
  isPublished(view) && registryStatuses(view, all).every((registry) => registry.status === 'active')

/** Whether every registry that the cluster wants has a row that is not being revoked. */
export const hasRowForEach = (view: ClusterView, all: ReadonlyArray<Registry>): boolean =>
  view.cluster !== undefined &&
  wantedRegistries(view.cluster, all).every((registry) =>
    view.credentials.some((row) => row.registryId === registry.id && !isBeingRevoked(row)),
  )
