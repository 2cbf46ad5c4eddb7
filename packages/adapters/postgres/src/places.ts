/** Work of which only so much may be under way at once, first come, first served. */
export interface Places {
  /** Rejects when no place became free in time; the work was not begun then. */
  readonly take: <A>(work: () => Promise<A>) => Promise<A>
}

/** Every place was taken for as long as anybody may wait. */
export class NoPlaceFree extends Error {
  readonly code = 'POOL_BUSY'
}

export interface PlacesOptions {
  readonly count: number
  readonly longestWaitMilliseconds: number
}

export const makePlaces = ({ count, longestWaitMilliseconds }: PlacesOptions): Places => {
  const waiting = new Set<() => void>()
  let free = count

  const wait = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const begin = (): void => {
        clearTimeout(timer)
        waiting.delete(begin)
        resolve()
      }
      const timer = setTimeout(() => {
        waiting.delete(begin)
        reject(new NoPlaceFree(`no place among ${String(count)} became free`))
      }, longestWaitMilliseconds)
      waiting.add(begin)
    })

  const give = (): void => {
    const [next] = waiting
    if (next === undefined) free += 1
    else next()
  }

  return {
    take: async (work) => {
      if (free > 0) free -= 1
      else await wait()
      try {
        return await work()
      } finally {
        give()
      }
    },
  }
}
