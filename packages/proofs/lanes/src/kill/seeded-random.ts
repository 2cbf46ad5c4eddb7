/** Draws that repeat for the same seed. */
export interface SeededRandom {
  /** At least 0, below 1. */
  readonly fraction: () => number
  /** A whole number from `least` to `most`. */
  readonly between: (least: number, most: number) => number
  readonly isLikely: (probability: number) => boolean
  /** One of the entries, of which there has to be at least one. */
  readonly oneOf: <A>(entries: readonly [A, ...ReadonlyArray<A>]) => A
}

const step = (state: number): { readonly state: number; readonly fraction: number } => {
  const next = (state + 0x6d2b79f5) >>> 0
  const mixed = Math.imul(next ^ (next >>> 15), next | 1)
  const spread = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61))
  return { state: next, fraction: ((spread ^ (spread >>> 14)) >>> 0) / 2 ** 32 }
}

export const makeSeededRandom = (seed: number): SeededRandom => {
  let state = seed >>> 0
  const fraction = (): number => {
    const drawn = step(state)
    state = drawn.state
    return drawn.fraction
  }
  const between = (least: number, most: number): number => least + Math.floor(fraction() * (most - least + 1))
  return {
    fraction,
    between,
    isLikely: (probability) => fraction() < probability,
    oneOf: (entries) => entries[between(0, entries.length - 1)] ?? entries[0],
  }
}
