import type { BudgetSlices, BudgetTerms, CallBudget, CallPriority, Clock, Logger, NoTurn } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as IO from 'fp-ts/lib/IO.js'
import { newIORef } from 'fp-ts/lib/IORef.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { waitAtMost } from './deadline.ts'
import { isolateFailure } from './isolate-failure.ts'
import {
  emptyQueue,
  joined,
  mayComeInTime,
  nextRequest,
  secondsUntilHope,
  type Settled,
  sliced,
  type TurnQueue,
  type Waiter,
  without,
} from './turn-queue.ts'

export interface CallBudgetDeps {
  readonly registryId: string
  readonly terms: BudgetTerms
  readonly slices: BudgetSlices
  readonly clock: Clock
  readonly logger: Logger
}

/** The turns of this process, and who waits for them. */
export interface CallQueue extends CallBudget {
  /** In how many seconds somebody who came now could have a turn, from the queue and the budget. At least 1. */
  readonly secondsUntilTurn: (priority: CallPriority) => IO.IO<number>
}

type Turn = E.Either<NoTurn, void>

interface WaitingCaller extends Waiter {
  readonly turn: T.Task<Turn>
  readonly tell: (turn: Turn) => IO.IO<void>
}

const granted: Turn = E.right(undefined)

const aCaller =
  (waiter: Waiter): IO.IO<WaitingCaller> =>
  () => {
    const { promise, resolve } = Promise.withResolvers<Turn>()
    return { ...waiter, turn: () => promise, tell: (turn) => () => resolve(turn) }
  }

/** Nobody waits for its end. */
const inBackground =
  (work: T.Task<void>): IO.IO<void> =>
  () =>
    void work()

/**
 * The turns of this process at one registry. It asks the shared budget for one class at a time, the most urgent that
 * may ask, and then only when that said: each class gets what the budget grants it, however many wait for another.
 */
export const makeCallBudget = (deps: CallBudgetDeps): CallQueue => {
  const { registryId, terms, slices, clock, logger } = deps
  const queue = newIORef<TurnQueue<WaitingCaller>>(emptyQueue)()
  const isAsking = newIORef(false)()
  const wakesAt = newIORef(Infinity)()

  const spent =
    (waiter: Waiter): IO.IO<Turn> =>
    () =>
      E.left({
        problem: 'budget_spent',
        retryAfterSeconds: secondsUntilHope(queue.read(), terms, waiter, clock.monotonic()),
      })

  const tellAll = (callers: ReadonlyArray<WaitingCaller>, turn: (caller: WaitingCaller) => IO.IO<Turn>): IO.IO<void> =>
    pipe(
      callers,
      IO.traverseArray((caller) => pipe(turn(caller), IO.flatMap(caller.tell))),
      IO.map(() => undefined),
    )

  const settle = ({ queue: next, served, refused }: Settled<WaitingCaller>): IO.IO<void> =>
    pipe(
      queue.write(next),
      IO.flatMap(() => tellAll(served, () => IO.of(granted))),
      IO.flatMap(() => tellAll(refused, spent)),
    )

  const failAll = (retryAfterSeconds: number): IO.IO<void> =>
    pipe(
      queue.read,
      IO.flatMap(({ waiting }) =>
        pipe(
          queue.write(emptyQueue),
          IO.flatMap(() => tellAll(waiting, () => IO.of(E.left({ problem: 'budget_unavailable', retryAfterSeconds })))),
        ),
      ),
    )

  const ask = (priority: CallPriority, wanted: number): T.Task<void> =>
    pipe(
      T.fromIO(clock.monotonic),
      T.flatMap((askedAt) =>
        pipe(
          slices.take({ registryId, terms, priority, wanted }),
          isolateFailure(logger, 'asking for a part of a call budget'),
          TE.match(
            ({ retryAfterSeconds }) => failAll(retryAfterSeconds),
            (slice): IO.IO<void> =>
              () =>
                settle(sliced(queue.read(), priority, slice, { askedAt, now: clock.monotonic() }))(),
          ),
        ),
      ),
      T.flatMapIO((settled) => settled),
      T.flatMapIO(() => isAsking.write(false)),
      T.flatMapIO(() => goOn),
    )

  const wakeAt = (at: number): IO.IO<void> =>
    pipe(
      wakesAt.write(at),
      IO.flatMap(() =>
        inBackground(
          pipe(
            clock.sleep(at - clock.monotonic()),
            T.flatMapIO(() => wakesAt.modify((next) => (next === at ? Infinity : next))),
            T.flatMapIO(() => goOn),
          ),
        ),
      ),
    )

  /** Asks for those who wait, or sees to it that they are asked for in time. */
  const goOn: IO.IO<void> = () => {
    if (isAsking.read()) return
    const next = nextRequest(queue.read(), clock.monotonic())
    if (next === undefined) return
    if ('at' in next) {
      if (next.at < wakesAt.read()) wakeAt(next.at)()
      return
    }
    isAsking.write(true)()
    inBackground(ask(next.priority, next.wanted))()
  }

  const giveUp = (caller: WaitingCaller): T.Task<Turn> =>
    pipe(
      queue.modify((before) => without(before, caller)),
      IO.flatMap(() => spent(caller)),
      T.fromIO,
    )

  const waitFor = (caller: WaitingCaller): T.Task<Turn> =>
    pipe(
      T.fromIO(() => settle(joined(queue.read(), caller, clock.monotonic()))()),
      T.flatMapIO(() => goOn),
      T.flatMapIO(() => clock.monotonic),
      T.flatMap((now) => pipe(caller.turn, waitAtMost(clock, caller.deadline - now))),
      T.flatMap((turn) => (turn === undefined ? giveUp(caller) : T.of(turn))),
    )

  return {
    secondsUntilTurn: (priority) => () =>
      secondsUntilHope(queue.read(), terms, { priority, deadline: Infinity }, clock.monotonic()),
    turn: (priority, deadline) =>
      pipe(
        T.fromIO(() => mayComeInTime(queue.read(), terms, { priority, deadline }, clock.monotonic())),
        T.flatMap((mayCome) =>
          mayCome
            ? pipe(T.fromIO(aCaller({ priority, deadline })), T.flatMap(waitFor))
            : T.fromIO(spent({ priority, deadline })),
        ),
      ),
  }
}
