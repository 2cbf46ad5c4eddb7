import { hash } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import { LRUCache } from 'lru-cache'
import type { Lane } from './review-places.ts'

/** A verdict, and how long it may be given again without a question. */
export interface Verdict<V> {
  readonly value: V
  readonly keepMilliseconds: number
}

export interface VerdictCacheOptions {
  /** How many allowing verdicts are kept; refusals have room for as many. */
  readonly size: number
  readonly monotonic: () => number
}

/** Verdicts by a hash of what was asked. Failures are never kept, and one question at a time is asked for one key. */
export interface VerdictCache<F, V> {
  readonly get: (
    question: ReadonlyArray<unknown>,
    ask: (lane: Lane) => Promise<E.Either<F, Verdict<V>>>,
  ) => Promise<E.Either<F, V>>
}

interface Kept<V> {
  readonly value: V
  readonly until: number
}

/** Every part ends where JSON says, so that no two questions share a text. */
const keyOf = (question: ReadonlyArray<unknown>): string => hash('sha256', JSON.stringify(question), 'base64')

export const makeVerdictCache = <F, V>(
  isAllowing: (value: V) => boolean,
  { size, monotonic }: VerdictCacheOptions,
): VerdictCache<F, V> => {
  const allowing = new LRUCache<string, Kept<V>>({ max: size })
  const refusing = new LRUCache<string, Kept<V>>({ max: size })
  const asking = new Map<string, Promise<E.Either<F, V>>>()

  const keep = (key: string, { value, keepMilliseconds }: Verdict<V>, askedAt: number): void => {
    const [chosen, other] = isAllowing(value) ? [allowing, refusing] : [refusing, allowing]
    other.delete(key)
    chosen.set(key, { value, until: askedAt + keepMilliseconds })
  }

  const askOnce = async (
    key: string,
    ask: (lane: Lane) => Promise<E.Either<F, Verdict<V>>>,
  ): Promise<E.Either<F, V>> => {
    const askedAt = monotonic()
    const answer = await ask(allowing.has(key) ? 'known' : 'new')
    if (E.isLeft(answer)) return answer
    keep(key, answer.right, askedAt)
    return E.right(answer.right.value)
  }

  return {
    get: (question, ask) => {
      const key = keyOf(question)
      const kept = allowing.get(key) ?? refusing.get(key)
      if (kept !== undefined && monotonic() < kept.until) return Promise.resolve(E.right(kept.value))
      const underWay = asking.get(key)
      if (underWay !== undefined) return underWay
      const answer = askOnce(key, ask).finally(() => asking.delete(key))
      asking.set(key, answer)
      return answer
    },
  }
}
