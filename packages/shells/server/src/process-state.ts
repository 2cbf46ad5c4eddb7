import type { Clock, LedgerReads } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'

/** What probes are told of this process. */
export interface ProcessState {
  /** Whether requests are taken: not before everything listens, and not while stopping. */
  readonly isAccepting: () => boolean
  readonly isDraining: () => boolean
  readonly accept: () => void
  readonly drain: () => void
  /** Whether the database answers; at most a second old. */
  readonly isDatabaseUp: () => Promise<boolean>
}

const freshMilliseconds = 1000
/** Probes wait three seconds. */
const patienceMilliseconds = 2000

export const makeProcessState = ({
  reads,
  clock,
}: {
  readonly reads: Pick<LedgerReads, 'ping'>
  readonly clock: Clock
}): ProcessState => {
  let phase: 'starting' | 'accepting' | 'draining' = 'starting'
  let askedAt = -Infinity
  let answer = Promise.resolve(false)

  const ask = async (): Promise<boolean> => {
    const gaveUp = clock
      .sleep(patienceMilliseconds)()
      .then(() => false)
    const pinged = reads.ping().then(E.isRight, () => false)
    return Promise.race([pinged, gaveUp])
  }

  return {
    isAccepting: () => phase === 'accepting',
    isDraining: () => phase === 'draining',
    accept: () => {
      phase = 'accepting'
    },
    drain: () => {
      phase = 'draining'
    },
    isDatabaseUp: () => {
      if (clock.monotonic() - askedAt >= freshMilliseconds) {
        askedAt = clock.monotonic()
        answer = ask()
      }
      return answer
    },
  }
}
