/** Which places a review may take: those of callers that were let in before, or those of the others. */
export type Lane = 'known' | 'new'

/** How many reviews of a lane are under way at once, and how many more may wait for one of their places. */
export interface LaneSize {
  readonly places: number
  readonly waiting: number
}

export interface ReviewPlaces {
  /**
   * Resolves, first come, first served, with what gives the place back; with undefined when too many wait already, or
   * when the signal is aborted while waiting.
   */
  readonly take: (lane: Lane, signal: AbortSignal) => Promise<(() => void) | undefined>
}

interface LaneState {
  free: number
  readonly waiting: Set<() => void>
}

/** Bounds the reviews of each lane by itself, so that a flood in one takes nothing from the other. */
export const makeReviewPlaces = (sizes: Readonly<Record<Lane, LaneSize>>): ReviewPlaces => {
  const lanes: Readonly<Record<Lane, LaneState>> = {
    known: { free: sizes.known.places, waiting: new Set() },
    new: { free: sizes.new.places, waiting: new Set() },
  }

  const giveTo = (lane: LaneState) => (): void => {
    const [next] = lane.waiting
    if (next === undefined) lane.free += 1
    else next()
  }

  const isGiven = ({ waiting }: LaneState, signal: AbortSignal): Promise<boolean> =>
    new Promise((resolve) => {
      const end = (given: boolean): void => {
        waiting.delete(begin)
        signal.removeEventListener('abort', giveUp)
        resolve(given)
      }
      const begin = (): void => end(true)
      const giveUp = (): void => end(false)
      waiting.add(begin)
      signal.addEventListener('abort', giveUp)
    })

  return {
    take: async (name, signal) => {
      const lane = lanes[name]
      if (lane.free > 0) {
        lane.free -= 1
        return giveTo(lane)
      }
      if (signal.aborted || lane.waiting.size >= sizes[name].waiting) return undefined
      return (await isGiven(lane, signal)) ? giveTo(lane) : undefined
    },
  }
}
