/**
 * Runs work under one key one after the other, in this process: whoever waits for a cluster's lock would hold a
 * connection meanwhile.
 */
export const makeOneAtATime = () => {
  const last = new Map<string, Promise<unknown>>()
  return <A>(key: string, work: () => Promise<A>): Promise<A> => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work)
    last.set(key, mine)
    const forget = (): void => {
      if (last.get(key) === mine) last.delete(key)
    }
    mine.then(forget, forget)
    return mine
  }
}
