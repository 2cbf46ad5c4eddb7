/**
 * What the simulated world can do, or a judge can notice, and the core does not withstand yet. Random histories and
 * exhaustive runs leave it out unless they are asked for it; a saved case names what it needs. A name goes when the
 * core withstands it.
 */
export const notYet = {
  faults: [],
  settings: [],
  judges: [],
} as const

export const isNotYet = (of: keyof typeof notYet, name: string): boolean =>
  (notYet[of] as ReadonlyArray<string>).includes(name)
