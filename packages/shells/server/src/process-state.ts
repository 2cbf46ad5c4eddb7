import type { Clock, LedgerReads } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'

/** What probes report about this process. */
export interface ProcessState {
  /** Whether requests are accepted: not before both ports listen, and not while stopping. */
  readonly isAccepting: () => boolean
  readonly isDraining: () => boolean
  readonly accept: () => void
  readonly drain: () => void
  /** Whether the database answers; at most a second old. */
  readonly isDatabaseUp: () => Promise<boolean>
}

const freshMilliseconds = 1000
/** Probes wait three seconds. */
const pingTimeoutMilliseconds = 2000

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
    const timedOut = clock
      .sleep(pingTimeoutMilliseconds)()
      .then(() => false)
    const pinged = reads.ping().then(E.isRight, () => false)
    return Promise.race([pinged, timedOut])
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
