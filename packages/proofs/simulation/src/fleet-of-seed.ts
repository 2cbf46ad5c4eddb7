import { vendorKinds } from './vendors/vendor-knobs.ts'

/**
 * Two kinds of vendor, every pair in turn; in every third history a third, which no cluster must have; in every
 * fourth or so a second deployment that shares them.
 */
export const fleetOfSeed = (
  seed: number,
): { readonly vendors: ReadonlyArray<string>; readonly deployments: number } => {
  const kinds = Object.keys(vendorKinds)
  const pick = (index: number): string => kinds[index % kinds.length] as string
  const round = Math.floor(seed / kinds.length)
  const optional = seed % 3 === 0 ? [pick(seed + 3 * round + 2)] : []
  return {
    vendors: [...new Set([pick(seed), pick(round), ...optional])],
    deployments: Math.floor(seed / 7) % 4 === 0 ? 2 : 1,
  }
}
