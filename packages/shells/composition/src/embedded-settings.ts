import { decodeSetting, defaultOf, type Mismatch } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import type { StartFault } from './start-fault.ts'
import type { Settings } from './tokens.ts'

/** What an embedding program may decide; whatever it leaves out is as for a server. */
export interface EmbeddedChoices {
  /** Seconds between two runs of recovery, 0 to 86 400; 0: never on a schedule. */
  readonly recoverEverySeconds?: number
  /** A cluster id must match one of them as a whole; flags do not count. */
  readonly clusterIdPatterns?: ReadonlyArray<RegExp>
  readonly cloudProviders?: ReadonlyArray<string>
}

/** On whose behalf an embedded service works, for the audit. */
export const embeddedSubject = 'embedded'

/** Faults bear the names by which the embedding program knows its choices. */
const faultsOf = (
  choice: keyof EmbeddedChoices,
  result: E.Either<ReadonlyArray<Mismatch>, unknown>,
): ReadonlyArray<StartFault> =>
  E.isRight(result)
    ? []
    : result.left.map(({ field, message }) => {
        const [whole, named] = field === '' ? ['the value', choice] : [field, `${choice}.${field}`]
        return { field: named, message: message.replace(whole, named) }
      })

/** The settings of an embedded service, or every rule that the choices break. */
export const embeddedSettings = (
  deploymentId: string,
  { recoverEverySeconds, clusterIdPatterns, cloudProviders }: EmbeddedChoices,
): E.Either<ReadonlyArray<StartFault>, Settings> => {
  const interval = decodeSetting(
    'jobs.recovery.interval_seconds',
    recoverEverySeconds ?? defaultOf('jobs.recovery.interval_seconds'),
  )
  const patterns =
    clusterIdPatterns === undefined
      ? E.right(defaultOf('server.cluster_id_patterns'))
      : decodeSetting(
          'server.cluster_id_patterns',
          clusterIdPatterns.map(({ source }) => source),
        )
  const providers = decodeSetting('server.cloud_providers', cloudProviders ?? defaultOf('server.cloud_providers'))
  if (E.isLeft(interval) || E.isLeft(patterns) || E.isLeft(providers)) {
    return E.left([
      ...faultsOf('recoverEverySeconds', interval),
      ...faultsOf('clusterIdPatterns', patterns),
      ...faultsOf('cloudProviders', providers),
    ])
  }
  return E.right({
    deploymentId,
    recoveryBatchSize: defaultOf('jobs.recovery.batch_size'),
    jobIntervals: { recovery: interval.right },
    ownSubject: embeddedSubject,
    limits: { clusterIdPatterns: patterns.right, cloudProviders: providers.right },
  })
}
