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
}

/** A beat that fails is a fault of the database, which is reported where it is met; the next one makes up for it. */
export const makePresence = ({ replicas, facts }: PresenceDeps): Presence => {
  let last: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const beat = (): Promise<unknown> => (last = replicas.beat(facts())())
  return {
    begin: async () => {
      timer = setInterval(() => void beat(), beatSeconds * 1000).unref()
      await beat()
    },
    end: async () => {
      if (timer === undefined) return
      clearInterval(timer)
      await last
      await replicas.leave(facts().id)()
    },
  }
}
