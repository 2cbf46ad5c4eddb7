import type { Deadline, LeaseUse } from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import * as IO from 'fp-ts/lib/IO.js'
import { type IORef, newIORef } from 'fp-ts/lib/IORef.js'
import type { Task } from 'fp-ts/lib/Task.js'

interface Members {
  readonly count: number
  readonly earliestDeadline: Deadline
  readonly isUnsure: boolean
  readonly hasWritten: boolean
}

export interface Leaving {
  readonly isUnsure: boolean
  readonly hasWritten: boolean
}

/** Calls that wait together for one opening, and are under way together afterwards. */
export interface Group<A> {
  /** The earliest of the members': nobody waits longer. */
  readonly earliestDeadline: IO.IO<Deadline>
  /** One opening for all members; begins with the first. */
  readonly opened: Task<A>
  /**
   * To be called once by each member. Once all have left, each of them sure that it is over: whether any may have
   * written.
   */
  readonly leave: (left: Leaving) => IO.IO<LeaseUse | undefined>
}

export interface WaitingGroups<A> {
  /** Joins the group that waits under this key, or begins one. */
  readonly join: (
    key: string,
    deadline: Deadline,
    open: (earliestDeadline: IO.IO<Deadline>) => Task<A>,
  ) => IO.IO<Group<A>>
  /** Lets nobody else into the group: who joins after this begins another. */
  readonly close: (key: string) => IO.IO<void>
}

/** A task that is under way, for everybody who wants its result. */
const started =
  <A>(task: Task<A>): IO.IO<Task<A>> =>
  () => {
    const result = task()
    return () => result
  }

const leaving =
  (members: IORef<Members>) =>
  (left: Leaving): IO.IO<LeaseUse | undefined> =>
    pipe(
      members.modify((before) => ({
        ...before,
        count: before.count - 1,
        isUnsure: before.isUnsure || left.isUnsure,
        hasWritten: before.hasWritten || left.hasWritten,
      })),
      IO.flatMap(() => members.read),
      IO.map((after) => {
        if (after.count > 0 || after.isUnsure) return undefined
        return after.hasWritten ? 'maybe-written' : 'nothing-written'
      }),
    )

interface Waiting<A> {
  readonly members: IORef<Members>
  readonly group: Group<A>
}

const begin = <A>(deadline: Deadline, open: (earliestDeadline: IO.IO<Deadline>) => Task<A>): IO.IO<Waiting<A>> =>
  pipe(
    newIORef<Members>({ count: 0, earliestDeadline: deadline, isUnsure: false, hasWritten: false }),
    IO.flatMap((members) => {
      const earliestDeadline = IO.map((now: Members) => now.earliestDeadline)(members.read)
      return pipe(
        started(open(earliestDeadline)),
        IO.map((opened) => ({ members, group: { earliestDeadline, opened, leave: leaving(members) } })),
      )
    }),
  )

export const makeWaitingGroups = <A>(): WaitingGroups<A> => {
  const waiting = newIORef<ReadonlyMap<string, Waiting<A>>>(new Map())()
  return {
    join: (key, deadline, open) =>
      pipe(
        waiting.read,
        IO.flatMap((groups) => {
          const found = groups.get(key)
          return found === undefined ? begin(deadline, open) : IO.of(found)
        }),
        IO.tap((joined) => waiting.modify((groups) => new Map([...groups, [key, joined]]))),
        IO.tap(({ members }) =>
          members.modify((before) => ({
            ...before,
            count: before.count + 1,
            earliestDeadline: Math.min(before.earliestDeadline, deadline),
          })),
        ),
        IO.map(({ group }) => group),
      ),
    close: (key) => waiting.modify((groups) => new Map([...groups].filter(([other]) => other !== key))),
  }
}
