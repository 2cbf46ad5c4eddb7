import { beatSeconds, type ReplicaFacts, type ReplicaRegister } from '@pull-secret/domain'
import type { IO } from 'fp-ts/lib/IO.js'

/** Tells other processes of this one, as long as it may write the ledger. */
export interface Presence {
  /** Resolves when it was told once, or could not be; then it is told again and again. */
  readonly begin: () => Promise<void>
  readonly end: () => Promise<void>
}

export interface PresenceDeps {
  readonly replicas: Pick<ReplicaRegister, 'beat' | 'leave'>
  /** Asked anew each time: the key ring may change. */
  readonly facts: IO<ReplicaFacts>
  /** Told of what no fault of the database explains; the process goes on. */
  readonly onBug: (error: unknown) => void
}

/** A beat that fails is a fault of the database, which is reported where it is met; the next one makes up for it. */
export const makePresence = ({ replicas, facts, onBug }: PresenceDeps): Presence => {
  let last: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const next = (call: () => Promise<unknown>): Promise<unknown> => (last = last.then(call).catch(onBug))
  const beat = (): Promise<unknown> => next(() => replicas.beat(facts())())
  return {
    begin: async () => {
      await beat()
      timer = setInterval(() => void beat(), beatSeconds * 1000).unref()
    },
    end: async () => {
      if (timer === undefined) return
      clearInterval(timer)
      await next(() => replicas.leave(facts().id)())
    },
  }
}
