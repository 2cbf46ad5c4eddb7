import { setImmediate as endOfTurn } from 'node:timers/promises'

/** Reads what each of these keys, all different, has. */
type ReadAll<A> = (keys: ReadonlyArray<string>) => Promise<ReadonlyMap<unknown, A>>

interface Batch<A> {
  readonly keys: Set<string>
  readonly answers: Promise<ReadonlyMap<unknown, A>>
}

/**
 * Reads together what is asked for in one turn of the event loop, up to `largestBatch` keys at once. A batch begins
 * when its turn ends, and nobody joins it any more: an answer is never older than its question. One that fails rejects
 * everybody in it.
 */
export const makeBatchedRead = <A>(
  largestBatch: number,
  readAll: ReadAll<A>,
): ((key: string) => Promise<A | undefined>) => {
  let open: Batch<A> | undefined

  const beginAtEndOfTurn = async (keys: ReadonlySet<string>): Promise<ReadonlyMap<unknown, A>> => {
    await endOfTurn()
    open = undefined
    return readAll([...keys])
  }

  const newBatch = (): Batch<A> => {
    const keys = new Set<string>()
    return { keys, answers: beginAtEndOfTurn(keys) }
  }

  return async (key) => {
    if (open === undefined || open.keys.size >= largestBatch) open = newBatch()
    open.keys.add(key)
    return (await open.answers).get(key)
  }
}
