import type { FaultKind } from './faults.ts'

/**
 * What the simulated world can do, and the core does not withstand yet. Random histories and exhaustive runs leave it
 * out unless they are asked for it; a saved case never does. A line goes when the core withstands it.
 */
export const notYet: { readonly faults: ReadonlyArray<FaultKind> } = {
  faults: [],
}
