import * as E from 'fp-ts/lib/Either.js'
import type { Cause } from '../audit/audit-record.ts'
import { refusalByBan } from '../clusters/ban.ts'
import type { Cluster } from '../clusters/cluster.ts'
import { isBeingRevoked, servedUntil } from '../credentials/credential.ts'
import type { Failure } from '../errors.ts'
import { afterTransitions, type ClusterLedger } from '../ledger/cluster-ledger.ts'
import { decided, type Decision, type Transition } from '../ledger/decision.ts'
import type { SealedText } from '../platform/cipher.ts'
import { type Instant, secondsAfter } from '../platform/instant.ts'
import type { Registry } from '../registries/registry.ts'
import { type CredentialDraw, intend, type Intended } from './intend.ts'
import { publish } from './publish.ts'
import { hasRowForEach, isComplete, seenAt } from './readiness.ts'

export interface GenerateCommand {
  readonly clusterId: string
  readonly externalId?: string
  readonly cloudProvider?: string
  readonly region?: string
  /** Absent: every enabled registry. */
  readonly registries?: ReadonlyArray<string>
  /** The deleted incarnation that is to live again. */
  readonly recreate?: number
  readonly cause: Cause
}

export interface GenerateContext {
  readonly registries: ReadonlyArray<Registry>
  readonly draws: Readonly<Record<string, CredentialDraw>>
  readonly sealedFingerprintKey: SealedText
}

type Refusal = Failure<'CLUSTER_BANNED' | 'CLUSTER_DELETING' | 'CLUSTER_DELETED' | 'INCARNATION_CONFLICT'>

/** How long until somebody looks again at a cluster that lacks a row for a registry. */
const missingRowDelaySeconds = 30
/**
 * The same where every registry has a row: those are due by themselves and publish what they bring, so this is a
 * safety net.
 */
const safetyNetDelaySeconds = 300

const withRequested = (cluster: Cluster, command: GenerateCommand): Cluster => ({
  ...cluster,
  externalId: command.externalId ?? cluster.externalId,
  cloudProvider: cluster.cloudProvider ?? command.cloudProvider,
  region: cluster.region ?? command.region,
  wantsAllRegistries: cluster.wantsAllRegistries || command.registries === undefined,
  wantedRegistries: [...new Set([...cluster.wantedRegistries, ...(command.registries ?? [])])].sort(),
  dormantSince: undefined,
})

const firstLife = (command: GenerateCommand, context: GenerateContext, now: Instant): Cluster =>
  withRequested(
    {
      id: command.clusterId,
      version: 1,
      state: 'live',
      incarnation: 1,
      wantsAllRegistries: false,
      wantedRegistries: [],
      servedRegistries: [],
      epoch: 0,
      sealedFingerprintKey: context.sealedFingerprintKey,
      createdAt: now,
      createdBy: command.cause.subject,
    },
    command,
  )

const nextLife = (deleted: Cluster, command: GenerateCommand, context: GenerateContext, now: Instant): Cluster => ({
  ...firstLife(command, context, now),
  incarnation: deleted.incarnation + 1,
})

const sameRequested = (one: Cluster, other: Cluster): boolean =>
  one.externalId === other.externalId &&
  one.cloudProvider === other.cloudProvider &&
  one.region === other.region &&
  one.dormantSince === other.dormantSince &&
  one.wantsAllRegistries === other.wantsAllRegistries &&
  one.wantedRegistries.length === other.wantedRegistries.length

/**
 * The refusal of a request to recreate that means another life than the one that goes on: it came late, and must not
 * be taken for the latest wish.
 */
export const meantAnotherLife = (
  cluster: Pick<Cluster, 'state' | 'incarnation'> | undefined,
  { clusterId, recreate }: GenerateCommand,
): Failure<'INCARNATION_CONFLICT'> | undefined =>
  cluster?.state !== 'live' || recreate === undefined || recreate + 1 === cluster.incarnation
    ? undefined
    : { code: 'INCARNATION_CONFLICT', clusterId, incarnation: cluster.incarnation, asked: recreate + 1 }

const bringToLife = (
  cluster: Cluster | undefined,
  command: GenerateCommand,
  context: GenerateContext,
  now: Instant,
): E.Either<Refusal, ReadonlyArray<Transition>> => {
  const { cause } = command
  if (cluster === undefined) {
    return command.recreate === undefined
      ? E.right([
          { kind: 'cluster_moved', rule: 'K1', before: undefined, after: firstLife(command, context, now), cause },
        ])
      : E.left({
          code: 'INCARNATION_CONFLICT',
          clusterId: command.clusterId,
          incarnation: 0,
          asked: command.recreate + 1,
        })
  }
  switch (cluster.state) {
    case 'deleting':
      return E.left({ code: 'CLUSTER_DELETING', clusterId: cluster.id, incarnation: cluster.incarnation })
    case 'deleted':
      return command.recreate === cluster.incarnation
        ? E.right([
            {
              kind: 'cluster_moved',
              rule: 'K4',
              before: cluster,
              after: nextLife(cluster, command, context, now),
              cause,
            },
          ])
        : E.left({ code: 'CLUSTER_DELETED', clusterId: cluster.id, incarnation: cluster.incarnation })
    case 'live': {
      const conflict = meantAnotherLife(cluster, command)
      if (conflict !== undefined) return E.left(conflict)
      const after = withRequested(cluster, command)
      return E.right(sameRequested(cluster, after) ? [] : [{ kind: 'cluster_noted', before: cluster, after }])
    }
  }
}

/** A replica whose configuration is older must not find complete what a newer one has to complete. */
const knowsWhatIsEnabled = ({ enabledRegistries = [] }: ClusterLedger, registries: ReadonlyArray<Registry>): boolean =>
  enabledRegistries.every((id) => registries.some((registry) => registry.enabled && registry.id === id))

interface Filling {
  readonly registries: ReadonlyArray<Registry>
  readonly draws: Readonly<Record<string, CredentialDraw>>
  readonly cause: Cause
  /** What has been decided before: the cluster's coming to life. */
  readonly started: ReadonlyArray<Transition>
  readonly isRecovery: boolean
}

/** When the first credential ends that is handed out, or was obtained for it. */
const firstEnd = ({ credentials }: ClusterLedger): Instant | undefined => {
  const ends = credentials.filter((row) => !isBeingRevoked(row) && row.expiresAt !== undefined).map(servedUntil)
  return ends.length === 0 ? undefined : Math.min(...ends)
}

/**
 * A cluster that stays incomplete is due again. That it is complete is for recovery to find, where it knows every
 * registry.
 */
const noteDue = (
  ledger: ClusterLedger,
  { registries, isRecovery }: Pick<Filling, 'registries' | 'isRecovery'>,
  now: Instant,
): ReadonlyArray<Transition> => {
  const { cluster } = ledger
  if (cluster?.state !== 'live') return []
  const view = seenAt(ledger, now)
  const whenComplete = isRecovery && knowsWhatIsEnabled(ledger, registries) ? firstEnd(ledger) : cluster.nextAttemptAt
  const delaySeconds = hasRowForEach(view, registries) ? safetyNetDelaySeconds : missingRowDelaySeconds
  const nextAttemptAt = isComplete(view, registries) ? whenComplete : secondsAfter(now, delaySeconds)
  const epoch = knowsWhatIsEnabled(ledger, registries) ? ledger.epoch : cluster.epoch
  return nextAttemptAt === cluster.nextAttemptAt && epoch === cluster.epoch
    ? []
    : [{ kind: 'cluster_noted', before: cluster, after: { ...cluster, nextAttemptAt, epoch } }]
}

/**
 * Fills what a live cluster lacks: rows for registries without one, attempts for rows that are due, publication of
 * what is ready.
 */
const fill = (ledger: ClusterLedger, filling: Filling, now: Instant): Decision<Intended> => {
  const { registries, cause, started } = filling
  const begun = afterTransitions(ledger, started)
  const { transitions, taken } = intend(begun, filling, cause, now)
  const intended = afterTransitions(begun, transitions)
  const published = publish(intended, registries, cause, now)
  const filled = afterTransitions(intended, published)
  return decided(taken, [...started, ...transitions, ...published, ...noteDue(filled, filling, now)])
}

/** Gives a cluster life if it may have one, and hands out the rows that the caller must now ask the vendors for. */
export const decideGenerate = (
  ledger: ClusterLedger,
  command: GenerateCommand,
  context: GenerateContext,
  now: Instant,
): E.Either<Refusal, Decision<Intended>> => {
  const banned = refusalByBan(ledger)
  if (banned !== undefined) return E.left(banned)
  const started = bringToLife(ledger.cluster, command, context, now)
  return E.isLeft(started)
    ? started
    : E.right(fill(ledger, { ...context, cause: command.cause, started: started.right, isRecovery: false }, now))
}

/** Nobody looks at it again because registries were enabled that it does not get. */
const leftDormant = (cluster: Cluster, epoch: number): Decision<Intended> =>
  decided([], cluster.epoch === epoch ? [] : [{ kind: 'cluster_noted', before: cluster, after: { ...cluster, epoch } }])

/** The same for a cluster that is live already and has been asked for since it was last banned. */
export const decideCompletion = (
  ledger: ClusterLedger,
  cause: Cause,
  context: Omit<GenerateContext, 'sealedFingerprintKey'>,
  now: Instant,
): Decision<Intended> => {
  const { cluster, epoch } = ledger
  if (cluster?.state !== 'live') return decided([])
  return cluster.dormantSince === undefined
    ? fill(ledger, { ...context, cause, started: [], isRecovery: true }, now)
    : leftDormant(cluster, epoch)
}
