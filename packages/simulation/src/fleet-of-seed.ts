import { vendorKinds } from './vendors/vendor-knobs.ts'

/** Two kinds of vendor, every pair in turn, and in every fourth history a second deployment that shares them. */
export const fleetOfSeed = (seed: number): { readonly vendors: ReadonlyArray<string>; readonly deployments: number } => {
  const kinds = Object.keys(vendorKinds)
  const pick = (index: number): string => kinds[index % kinds.length] as string
  const first = Math.floor(seed / kinds.length)
  return { vendors: [...new Set([pick(seed), pick(first)])], deployments: seed % 4 === 0 ? 2 : 1 }
}
