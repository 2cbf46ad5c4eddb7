import type { RecoveryFailure, UseCases } from '@pull-secret/application'
import type { Cause, RecoverySummary } from '@pull-secret/domain'
import type { JobName } from '@pull-secret/wire'
import type { IO } from 'fp-ts/lib/IO.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** Background work of the service, which operators may also request. */
export interface Job {
  readonly name: JobName
  /** Seconds between the beginnings of two runs; 0: only on request. */
  readonly intervalSeconds: number
  /** One run; starts no new work once `mayContinue` is false. */
  readonly run: (cause: Cause, mayContinue: IO<boolean>) => TaskEither<RecoveryFailure, RecoverySummary>
}

/** Seconds between the runs of each job; 0: only on request. */
export type JobIntervals = Readonly<Record<JobName, number>>

/** Every job: the server and `embed` run it on its schedule, operators through the API and the CLI. */
export const jobTable = (useCases: UseCases, intervals: JobIntervals): ReadonlyArray<Job> => [
  { name: 'recovery', intervalSeconds: intervals.recovery, run: useCases.recover },
]
