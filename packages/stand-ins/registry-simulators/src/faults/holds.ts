/** Requests that wait, for a time or for a release. */
export interface Holds {
  /**
   * Resolves to true when the time is over or it is released, to false when everything closes. Without a time only a
   * release ends it.
   */
  wait: (milliseconds?: number) => Promise<boolean>
  count: () => number
  /** Resolves as soon as at least this many wait. */
  untilCount: (count: number) => Promise<void>
  /** Lets all go on and resolves, with their number, after each had its turn. */
  release: () => Promise<number>
  close: () => void
}

export const makeHolds = (): Holds => {
  const waiting = new Set<(goOn: boolean) => void>()
  const watchers = new Set<() => void>()
  let closed = false

  const endAll = (goOn: boolean): number => {
    const ending = [...waiting]
    ending.forEach((end) => end(goOn))
    return ending.length
  }

  return {
    wait: (milliseconds) =>
      new Promise((resolve) => {
        if (closed) {
          resolve(false)
          return
        }
        const end = (goOn: boolean) => {
          clearTimeout(timer)
          waiting.delete(end)
          resolve(goOn)
        }
        const timer = milliseconds === undefined ? undefined : setTimeout(() => end(true), milliseconds)
        waiting.add(end)
        watchers.forEach((look) => look())
      }),
    count: () => waiting.size,
    untilCount: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (waiting.size < count) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      }),
    release: async () => {
      const released = endAll(true)
      await new Promise((resolve) => setImmediate(resolve))
      return released
    },
    close: () => {
      closed = true
      endAll(false)
    },
  }
}
