import {
  type Clock,
  type LedgerFailure,
  type Logger,
  type RefusalEvent,
  refusalEventOf,
  type RefusalLog,
  type Refusals,
  type RefusedRequest,
  unnamedRefusalEvent,
  withRefusal,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { IO } from 'fp-ts/lib/IO.js'
import type { Task } from 'fp-ts/lib/Task.js'

/**
 * Gathers refused requests, so that the audit gets one record for each caller and each time it is written, however
 * often the caller asked.
 */
export interface KeepRefusals {
  /** Remembers a request. Waits for nothing. */
  readonly note: (refused: RefusedRequest) => IO<void>
  /**
   * Writes what was noted since the last time. What the database surely did not take is kept for the next time; what
   * it may have taken is not written twice.
   */
  readonly write: Task<void>
}

export interface KeepRefusalsDeps {
  readonly refusals: RefusalLog
  readonly clock: Pick<Clock, 'now'>
  readonly logger: Logger
}

/** Callers that are named in one writing. */
const mostCallers = 1000

/** Anybody can make up a name in a token: such names must not use up the audit. */
const mostUnprovenCallers = 20

interface Noted {
  readonly byCaller: Map<string, Refusals>
  unproven: number
  unnamed: number
  unnamedTraceId: string
}

const nothingNoted = (): Noted => ({ byCaller: new Map(), unproven: 0, unnamed: 0, unnamedTraceId: '' })

const hasRoom = ({ byCaller, unproven }: Noted, isProven: boolean): boolean =>
  byCaller.size < mostCallers && (isProven || unproven < mostUnprovenCallers)

const noteIn = (noted: Noted, refused: RefusedRequest, at: number): void => {
  const { name, isProven } = refused.caller
  const key = `${String(isProven)} ${name}`
  const before = noted.byCaller.get(key)
  if (before === undefined && !hasRoom(noted, isProven)) {
    noted.unnamed += 1
    noted.unnamedTraceId = refused.traceId
    return
  }
  if (before === undefined && !isProven) noted.unproven += 1
  noted.byCaller.set(key, withRefusal(before, refused, at))
}

const eventsOf = ({ byCaller, unnamed, unnamedTraceId }: Noted): ReadonlyArray<RefusalEvent> => [
  ...[...byCaller.values()].map(refusalEventOf),
  ...(unnamed === 0 ? [] : [unnamedRefusalEvent(unnamed, unnamedTraceId)]),
]

export const makeKeepRefusals = ({ refusals, clock, logger }: KeepRefusalsDeps): KeepRefusals => {
  let noted = nothingNoted()
  /** What the database did not take the last time. */
  let waiting: ReadonlyArray<RefusalEvent> = []

  const report = ({ code, fault }: LedgerFailure, records: number): void => {
    const kept = code === 'LEDGER_UNAVAILABLE' ? 'until the next time' : 'perhaps written'
    const cause = fault === undefined ? {} : { cause: fault.message }
    logger.log('warn', 'refused requests could not be written to the audit', {
      error_code: code,
      ...cause,
      records,
      kept,
    })()
  }

  const write = async (): Promise<void> => {
    const isLate = waiting.length > 0
    if (!isLate) {
      waiting = eventsOf(noted)
      noted = nothingNoted()
    }
    if (waiting.length === 0) return
    const written = await refusals.append(waiting)()
    if (E.isLeft(written)) report(written.left, waiting.length)
    if (E.isLeft(written) && written.left.code === 'LEDGER_UNAVAILABLE') return
    waiting = []
    if (isLate) await write()
  }

  let writing: Promise<void> = Promise.resolve()

  return {
    note: (refused) => () => {
      noteIn(noted, refused, clock.now())
    },
    write: () => (writing = writing.then(write, write)),
  }
}
