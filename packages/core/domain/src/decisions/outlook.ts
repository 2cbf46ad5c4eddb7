import { wantedRegistries } from '../clusters/wanted-registries.ts'
import { servedUntil } from '../credentials/credential.ts'
import { presentedRow, registryRows } from '../credentials/registry-rows.ts'
import type { Failure } from '../errors.ts'
import type { ClusterView, ViewedCredential } from '../ledger/ledger-reads.ts'
import type { Instant } from '../platform/instant.ts'
import type { Registry } from '../registries/registry.ts'
import { type GenerateCommand, meantAnotherLife } from './decide-generate.ts'
import { hasEverythingRequired, isInMotion, isPublished, registryStatuses } from './readiness.ts'

const longestRetryAfterSeconds = 60

/** What a caller who waits for a cluster's required registries may hope for. */
export interface Outlook {
  /** Something is to be done that nobody holds. */
  readonly isIdle: boolean
  /** How long until the first missing registry can move again. */
  readonly waitMilliseconds: number
}

/** Whether a row can be handed out no more. */
const hasEnded = (row: ViewedCredential, now: Instant): boolean => servedUntil(row) <= now

const missingRows = (view: ClusterView, all: ReadonlyArray<Registry>): ReadonlyArray<ViewedCredential | undefined> =>
  view.cluster === undefined
    ? [undefined]
    : wantedRegistries(view.cluster, all)
        .filter((registry) => registry.required)
        .map((registry) => presentedRow(registryRows(view.credentials, registry.id)))
        .filter((row) => row === undefined || row.state === 'intended' || hasEnded(row, view.readAt))

const waitFor = (row: ViewedCredential | undefined, now: Instant): number =>
  row === undefined || row.lease !== undefined || hasEnded(row, now) ? 0 : Math.max(0, (row.nextAttemptAt ?? now) - now)

const isIdle = (row: ViewedCredential | undefined, now: Instant): boolean =>
  row === undefined || hasEnded(row, now) || (row.nextAttemptAt ?? now) <= now

export const outlookOf = (view: ClusterView, all: ReadonlyArray<Registry>): Outlook => {
  const missing = missingRows(view, all)
  return {
    isIdle: missing.length === 0 ? !isPublished(view) : missing.some((row) => isIdle(row, view.readAt)),
    waitMilliseconds: missing.length === 0 ? 0 : Math.max(...missing.map((row) => waitFor(row, view.readAt))),
  }
}

export interface Refusal {
  readonly timedOut: boolean
  /** In how many seconds a request to a registry could have its turn. */
  readonly secondsUntilTurn: (registryId: string) => number
}

/**
 * The refusal of a generate whose required registries are not all there yet; the service goes on without the caller.
 * What is under way may be waiting for its turn.
 */
export const notReady = (
  view: ClusterView,
  all: ReadonlyArray<Registry>,
  { timedOut, secondsUntilTurn }: Refusal,
): Failure<'REGISTRIES_NOT_READY'> => {
  const underWay = missingRows(view, all).filter((row) => row?.lease !== undefined)
  const seconds = Math.max(
    1,
    Math.ceil(outlookOf(view, all).waitMilliseconds / 1000),
    ...underWay.map((row) => secondsUntilTurn(row?.registryId ?? '')),
  )
  return {
    code: 'REGISTRIES_NOT_READY',
    clusterId: view.clusterId,
    registries: registryStatuses(view, all),
    timedOut,
    retryAfterSeconds: Math.min(longestRetryAfterSeconds, seconds),
  }
}

/** Whether a request changes nothing, everything required is served, and nothing optional is just coming. */
export const alreadyServes = (view: ClusterView, command: GenerateCommand, all: ReadonlyArray<Registry>): boolean => {
  const { cluster } = view
  if (
    cluster === undefined ||
    meantAnotherLife(cluster, command) !== undefined ||
    !hasEverythingRequired(view, all) ||
    isInMotion(view, all)
  )
    return false
  const asksNothingNew =
    command.registries === undefined
      ? cluster.wantsAllRegistries
      : command.registries.every((id) => cluster.wantedRegistries.includes(id))
  return asksNothingNew && (command.externalId ?? cluster.externalId) === cluster.externalId
}

/** Refuses a request for a registry that is not configured or not enabled, naming those that are. */
export const unknownRegistry = (
  command: GenerateCommand,
  all: ReadonlyArray<Registry>,
): Failure<'INVALID_INPUT'> | undefined => {
  const enabled = all.filter((registry) => registry.enabled).map((registry) => registry.id)
  return (command.registries ?? []).every((id) => enabled.includes(id))
    ? undefined
    : {
        code: 'INVALID_INPUT',
        field: 'registries',
        rule: 'invalid',
        message: 'registries must name enabled registries only',
        validValues: enabled,
      }
}
