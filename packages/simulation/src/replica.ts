/** One process of the service. When it dies, whatever it was doing stops between two steps, for ever. */
export interface Replica {
  readonly name: string
  readonly isAlive: () => boolean
  readonly crash: () => void
}

export const makeReplica = (name: string): Replica => {
  let isAlive = true
  return { name, isAlive: () => isAlive, crash: () => { isAlive = false } }
}

/** What a dead process answers. */
export const never = <A>(): Promise<A> => new Promise(() => undefined)
