/** A seeded generator: the same seed gives the same numbers, whatever the machine. */
export interface Random {
  /** At least 0, less than 1. */
  readonly next: () => number
  /** A whole number of at least `low` and less than `high`. */
  readonly between: (low: number, high: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <A>(values: ReadonlyArray<A>) => A
  readonly hex: (digits: number) => string
}

export const makeRandom = (seed: number): Random => {
  let state = (seed ^ 0x9e3779b9) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low))
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (values) => {
      const value = values[between(0, values.length)]
      if (value === undefined) throw new Error('nothing to pick from')
      return value
    },
    hex: (digits) => Array.from({ length: digits }, () => between(0, 16).toString(16)).join(''),
  }
}

const streams = { world: 1, processes: 2, configuration: 3 } as const

/** A seed of its own for each thing that draws beside the operations, so that none draws what another drew. */
export const streamOf = (seed: number, stream: keyof typeof streams): number => seed * 31 + streams[stream] * 1_000_003
