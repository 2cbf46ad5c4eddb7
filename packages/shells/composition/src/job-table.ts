import type { RecoveryFailure, UseCases } from '@pull-secret/application'
import type { Cause, RecoverySummary } from '@pull-secret/domain'
import type { JobName } from '@pull-secret/wire'
import type { IO } from 'fp-ts/lib/IO.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** Work that the service does by itself, and that operators may ask for. */
export interface Job {
  readonly name: JobName
  /** Seconds between the beginnings of two runs; 0: only on request. */
  readonly intervalSeconds: number
  /** One run; takes up nothing new once `goesOn` says no. */
  readonly run: (cause: Cause, goesOn: IO<boolean>) => TaskEither<RecoveryFailure, RecoverySummary>
}

/** Seconds between the runs of each job; 0: only on request. */
export type JobIntervals = Readonly<Record<JobName, number>>

/** Every job: the server and `embed` run it on its schedule, operators through the API and the CLI. */
export const jobTable = (useCases: UseCases, intervals: JobIntervals): ReadonlyArray<Job> => [
  { name: 'recovery', intervalSeconds: intervals.recovery, run: useCases.recover },
]
