import { describeThrown } from '@pull-secret/api'
import type { RecoveryFailure } from '@pull-secret/application'
import type { Cause, Clock, Ids, Logger, RecoverySummary } from '@pull-secret/domain'
import type { JobName } from '@pull-secret/wire'
import { Cron } from 'croner'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Job } from './job-table.ts'

type JobResult = E.Either<RecoveryFailure, RecoverySummary>

/** The runs of one job in this process, one after the other. */
interface Runs {
  readonly run: (cause: Cause) => () => Promise<JobResult>
  readonly start: () => void
  readonly stop: () => Promise<void>
}

/** The runs of every job in this process. */
export interface JobRuns {
  /**
   * Runs a job as soon as no other run of it is in progress. Callers who come while a run is waiting share its result.
   */
  readonly run: (name: JobName, cause: Cause) => TaskEither<RecoveryFailure, RecoverySummary>
  /** Runs every job now, and again on its schedule. */
  readonly start: () => void
  /** Starts no further run, and lets runs in progress start no new work; resolves when none is in progress. */
  readonly stop: () => Promise<void>
}

export interface JobRunsDeps {
  readonly jobs: ReadonlyArray<Job>
  readonly clock: Clock
  readonly logger: Logger
  readonly ids: Ids
  /** On whose behalf scheduled runs change the ledger, for the audit. */
  readonly subject: string
}

const everySecond = '* * * * * *'

const makeRuns = (
  { name, intervalSeconds, run }: Job,
  { clock, logger, ids, subject }: Omit<JobRunsDeps, 'jobs'>,
): Runs => {
  let last: Promise<unknown> = Promise.resolve()
  let inProgress = 0
  let waiting: Promise<JobResult> | undefined
  let isStopped = false
  let schedule: Cron | undefined
  let startedAt = -Infinity

  const begin = (cause: Cause): Promise<JobResult> => {
    waiting = undefined
    return run(cause, () => !isStopped)()
  }

  const enqueue = (cause: Cause): Promise<JobResult> => {
    inProgress += 1
    const result = last.then(() => begin(cause))
    last = result
      .catch(() => undefined)
      .finally(() => {
        inProgress -= 1
      })
    return result
  }

  const runNext = (cause: Cause) => (): Promise<JobResult> => (waiting ??= enqueue(cause))

  const report = (result: JobResult, traceId: string): void => {
    const fields = { operation: name, trace_id: traceId }
    if (E.isLeft(result)) {
      logger.log('warn', `${name} failed`, { ...fields, error_code: result.left.code })()
      return
    }
    const { isFinished, ...counts } = result.right
    const needsSomebody = counts.refused + counts.stuck + counts.failed > 0
    if (counts.rows + counts.clusters > 0)
      logger.log(needsSomebody ? 'warn' : 'info', `${name} finished`, { ...fields, ...counts, finished: isFinished })()
  }

  /** Whether more is due. */
  const runOnce = async (): Promise<boolean> => {
    const traceId = ids.uuid().replaceAll('-', '')
    try {
      const result = await runNext({ subject, reason: name, traceId })()
      report(result, traceId)
      return E.isRight(result) && !result.right.isFinished
    } catch (error) {
      const fields = { operation: name, ...describeThrown(error), trace_id: traceId }
      logger.log('error', `${name} failed with an unexpected error`, fields)()
      return false
    }
  }

  const runUntilNothingIsDue = async (): Promise<void> => {
    if (inProgress > 0) return
    const isMoreDue = await runOnce()
    if (isMoreDue && !isStopped) await runUntilNothingIsDue()
  }

  const trigger = (): void => {
    startedAt = clock.monotonic()
    void runUntilNothingIsDue()
  }

  /** The calendar's clock may be set back or forward; the interval counts on one that may not. */
  const triggerWhenDue = (): void => {
    if (clock.monotonic() - startedAt >= intervalSeconds * 1000) trigger()
  }

  return {
    run: runNext,
    start: () => {
      if (intervalSeconds === 0) return
      trigger()
      schedule = new Cron(everySecond, { unref: true }, triggerWhenDue)
    },
    stop: async () => {
      isStopped = true
      schedule?.stop()
      await last
    },
  }
}

export const makeJobRuns = ({ jobs, ...deps }: JobRunsDeps): JobRuns => {
  const runs = new Map(jobs.map((job) => [job.name, makeRuns(job, deps)]))
  const runsOf = (name: JobName): Runs => {
    const found = runs.get(name)
    if (found === undefined) throw new Error(`the table of jobs lacks ${name}`)
    return found
  }
  return {
    run: (name, cause) => runsOf(name).run(cause),
    start: () => {
      for (const { start } of runs.values()) start()
    },
    stop: async () => {
      await Promise.all([...runs.values()].map(({ stop }) => stop()))
    },
  }
}
