import {
  type Clock,
  type Cluster,
  type ClusterLedger,
  type ClusterView,
  type Credential,
  type CredentialLedger,
  type Decision,
  type LateFindings,
  type LeaseClaim,
  type LedgerReads,
  type Logger,
  makeRegistries,
  type Meter,
  type Registries,
  type Registry,
  type RegistryCapabilities,
  type RegistryClient,
} from '@pull-secret/domain'
import * as TE from 'fp-ts/lib/TaskEither.js'

export const now = Date.parse('2026-03-01T12:00:00Z')
export const cause = { subject: 'adapter', reason: 'cluster_provisioning', traceId: 'trace' }

const capabilities: RegistryCapabilities = {
  recoveryClass: 'read-back',
  uniqueNames: true,
  landingWindowSeconds: 900,
  executesOnce: false,
  deleteConsistency: 'strong',
  revocable: true,
  sharedObject: false,
}

export const aRegistry = (
  id: string,
  given: Partial<RegistryCapabilities> = {},
  client: Partial<RegistryClient> = {},
  more: Partial<Registry> = {},
): Registry => ({
  id,
  type: id,
  enabled: true,
  required: true,
  hosts: [`${id}.example.com`],
  leaseSeconds: 30,
  client: {
    capabilities: { ...capabilities, ...given },
    scope: 'scope',
    vendorName: () => `${id}-name`,
    ...client,
  } as RegistryClient,
  ...more,
})

export const registriesOf = (...all: ReadonlyArray<Registry>): Registries => makeRegistries(all)

export const aCluster = (given: Partial<Cluster> = {}): Cluster => ({
  id: 'cls-abc123',
  state: 'live',
  incarnation: 1,
  wantsAllRegistries: true,
  wantedRegistries: [],
  createdAt: now,
  createdBy: 'adapter',
  ...given,
})

export const aRow = (given: Partial<Credential> = {}): Credential => ({
  id: 'credential-1',
  clusterId: 'cls-abc123',
  incarnation: 1,
  registryId: 'quay',
  generation: 1,
  scope: 'scope',
  vendorName: 'quay-1',
  state: 'intended',
  fence: 1,
  lease: { attemptId: 'attempt-1', takenAt: now, expiresAt: now + 30_000 },
  attempts: 1,
  outcome: 'unknown',
  nextAttemptAt: now + 30_000,
  revocations: 0,
  createdAt: now,
  ...given,
})

/** What the ledger holds for the cluster; a read shows a part of it. */
export const aView = (cluster: Cluster | undefined, ...credentials: ReadonlyArray<Credential>): ClusterLedger => ({
  clusterId: 'cls-abc123',
  cluster,
  credentials,
  generations: {},
})

/** A clock that moves only while somebody sleeps; its alarms never ring. Both are noted. */
export const makeNotedClock = (startsAt = 1000) => {
  const [sleeps, alarms]: [Array<number>, Array<number>] = [[], []]
  let elapsed = startsAt
  const clock: Clock = {
    now: () => now + elapsed - startsAt,
    monotonic: () => elapsed,
    sleep: (milliseconds) => () => {
      sleeps.push(milliseconds)
      elapsed += milliseconds
      return Promise.resolve()
    },
    alarm: (milliseconds) => () => {
      alarms.push(milliseconds)
      return new Promise(() => undefined)
    },
  }
  return {
    clock,
    sleeps,
    alarms,
    pass: (milliseconds: number) => {
      elapsed += milliseconds
    },
  }
}

export const makeNotedLogger = () => {
  const lines: Array<Parameters<Logger['log']>> = []
  const logger: Logger = {
    log:
      (...line) =>
      () => {
        lines.push(line)
      },
  }
  return { logger, lines }
}

export const makeNotedMeter = () => {
  const counts: Array<Parameters<Meter['count']>> = []
  const meter: Meter = {
    count:
      (...count) =>
      () => {
        counts.push(count)
      },
    observe: () => () => undefined,
    set: () => () => undefined,
  }
  return { meter, counts }
}

/** A ledger that decides about one row of one cluster, and notes what would have been written. */
export const makeNotedLedger = (cluster: Cluster | undefined, row: Credential) => {
  const records: Array<{
    readonly lease: LeaseClaim
    readonly decision: Decision<unknown>
    readonly findings: LateFindings | undefined
  }> = []
  const view = aView(cluster, row)
  const ledger: CredentialLedger = {
    change: (_, decide) =>
      TE.fromIOEither(() => {
        const decided = decide(view, now)
        return decided._tag === 'Left' ? decided : { _tag: 'Right', right: decided.right.answer }
      }),
    record: (lease, decide, findings) =>
      TE.fromIO(() => {
        const decision = decide(view, row, now)
        records.push({ lease, decision, findings })
        return decision.answer
      }),
  }
  return { ledger, records }
}

/** Shows one view after the other, the last one for ever. */
export const readsOf = (...views: ReadonlyArray<ClusterView>): LedgerReads => {
  let shown = 0
  return {
    cluster: () =>
      TE.fromIO(() => {
        const view = views[Math.min(shown, views.length - 1)] as ClusterView
        shown += 1
        return view
      }),
    sharedObjectRows: () => TE.right([]),
    ping: TE.right(undefined),
  }
}
