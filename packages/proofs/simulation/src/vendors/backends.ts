import type { Random } from '../random.ts'

/** The servers behind a vendor's address. One of them may have stopped following, and answers all the same. */
export interface Backends {
  /**
   * From the next request on, and for some time, requests that ask go to a backend now and then that is stuck at an
   * earlier moment; the next one does for certain. It happens once.
   */
  readonly getStuck: (since: number, milliseconds: number) => void
  /** The moment that the next request shows. */
  readonly momentShown: () => number
  readonly repair: () => void
}

export interface BackendsDeps {
  /** How many there are where one is stuck from a certain moment on for good; 1 where none is. */
  readonly count: number
  readonly now: () => number
  readonly chance: () => number
}

/** A kept connection takes one request after the other to the same backend, and sooner or later there is a new one. */
const newConnectionShare = 0.25
/** With a stuck one for good: when that stops following the others. */
const lastStuckMilliseconds = 1_800_000

export const makeBackends = ({ count, now, chance }: BackendsDeps): Backends => {
  let stuckSince = count > 1 ? chance() * lastStuckMilliseconds : Infinity
  let until = Infinity
  let isConnectedToStuck = false
  let hadOne = count > 1
  const pick = (): boolean => {
    if (count > 1) return chance() < 1 / count
    return chance() < newConnectionShare ? !isConnectedToStuck : isConnectedToStuck
  }
  return {
    getStuck: (since, milliseconds) => {
      if (hadOne) return
      hadOne = true
      isConnectedToStuck = true
      stuckSince = Math.max(0, since)
      until = now() + milliseconds
    },
    momentShown: () => {
      if (now() < stuckSince || now() >= until) return now()
      const moment = isConnectedToStuck ? stuckSince : now()
      isConnectedToStuck = pick()
      return moment
    },
    repair: () => {
      until = 0
    },
  }
}

const longestEpisodeMilliseconds = 540_000

/**
 * How long a stuck backend takes part before somebody notices, and since when it is stuck: a few minutes or hours. The
 * protocol looks twice, ten minutes apart, so it takes part for less than that.
 */
export const drawEpisode = (
  random: Random,
  now: number,
): { readonly since: number; readonly milliseconds: number } => ({
  since: now - (random.chance(0.3) ? random.between(60_000, 1_800_000) : random.between(1_800_000, 28_800_000)),
  milliseconds: random.between(1000, longestEpisodeMilliseconds),
})
