import type { UseCases } from '@pull-secret/composition'
import type { Cause, Logger } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { describeThrown } from './describe-thrown.ts'
import { newTraceId } from './trace-context.ts'

type RecoveryResult = Awaited<ReturnType<ReturnType<UseCases['recover']>>>

/** The runs of the recovery job in this process, one after the other. */
export interface RecoveryRuns {
  /**
   * Runs the job as soon as no other run is under way. Who asks while a run is waiting already gets the result of
   * that one.
   */
  readonly run: (cause: Cause) => () => Promise<RecoveryResult>
  /** Runs the job now and at every interval; an interval that finds a run under way is left out. */
  readonly start: () => void
  /**
   * Begins no further run on its own, and has the one under way take up nothing new; resolves when none is under way.
   */
  readonly stop: () => Promise<void>
}

export interface RecoveryRunsDeps {
  readonly recover: UseCases['recover']
  readonly logger: Logger
  /** 0: only when asked. */
  readonly intervalSeconds: number
}

export const makeRecoveryRuns = ({ recover, logger, intervalSeconds }: RecoveryRunsDeps): RecoveryRuns => {
  let last: Promise<unknown> = Promise.resolve()
  let underWay = 0
  let waiting: Promise<RecoveryResult> | undefined
  let isStopped = false
  let timer: NodeJS.Timeout | undefined

  const begin = (cause: Cause): Promise<RecoveryResult> => {
    waiting = undefined
    return recover(cause, () => !isStopped)()
  }

  const enqueue = (cause: Cause): Promise<RecoveryResult> => {
    underWay += 1
    const result = last.then(() => begin(cause))
    last = result
      .catch(() => undefined)
      .finally(() => {
        underWay -= 1
      })
    return result
  }

  const run = (cause: Cause) => (): Promise<RecoveryResult> => (waiting ??= enqueue(cause))

  const tell = (result: RecoveryResult, traceId: string): void => {
    if (E.isLeft(result)) {
      logger.log('warn', 'recovery could not run', {
        operation: 'recovery',
        error_code: result.left.code,
        trace_id: traceId,
      })()
      return
    }
    const { rows, clusters, failed } = result.right
    if (rows + clusters > 0)
      logger.log('info', 'recovery ran', { operation: 'recovery', rows, clusters, failed, trace_id: traceId })()
  }

  /** Says whether something is still due. */
  const runOnce = async (): Promise<boolean> => {
    const traceId = newTraceId()
    try {
      const result = await run({ subject: 'pull-secret-service', reason: 'recovery', traceId })()
      tell(result, traceId)
      return E.isRight(result) && !result.right.isFinished
    } catch (error) {
      logger.log('error', 'recovery broke off', {
        operation: 'recovery',
        ...describeThrown(error),
        trace_id: traceId,
      })()
      return false
    }
  }

  const runScheduled = async (): Promise<void> => {
    if (underWay > 0) return
    const isMoreDue = await runOnce()
    if (isMoreDue && !isStopped) await runScheduled()
  }

  return {
    run,
    start: () => {
      if (intervalSeconds === 0) return
      void runScheduled()
      timer = setInterval(() => void runScheduled(), intervalSeconds * 1000).unref()
    },
    stop: async () => {
      isStopped = true
      clearInterval(timer)
      await last
    },
  }
}
