import { createHash } from 'node:crypto'
import type { NameIngredients } from '@pull-secret/domain'
import { base32 } from './base32.ts'

/** HyperFleet's design documents report this limit; the vendor publishes none. */
export const nameMaximum = 49
const prefix = 'hyp-cls-'
const suffixMinimum = 4
const suffixMaximum = 12
const hashLength = 24
const idMaximum = nameMaximum - prefix.length - 1 - suffixMinimum

const hashOf = (text: string): string => base32(createHash('sha256').update(text).digest()).slice(0, hashLength)

const isLegal = (text: string): boolean => text.length <= idMaximum && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)

const clusterPart = (clusterId: string): string => {
  const bare = clusterId.replace(/^cls-/, '')
  return isLegal(bare) ? bare : hashOf(clusterId)
}

/**
 * `hyp-cls-{cluster}-{random}`, at most 49 characters: as many random base32 digits as fit, 4 to 12. A cluster id
 * that is too long or
 * holds other characters than a name may is represented by its hash.
 */
export const rhitAccountName = ({ clusterId, entropy }: NameIngredients): string => {
  const stem = `${prefix}${clusterPart(clusterId)}-`
  return stem + base32(Buffer.from(entropy, 'hex')).slice(0, Math.min(suffixMaximum, nameMaximum - stem.length))
}

/**
 * The names that a deployment's control account may have. Deleted names are never free again, so a control that
 * somebody
 * deleted is succeeded by the next.
 */
export const rhitControlNames = (deploymentId: string): ReadonlyArray<string> =>
  [1, 2, 3].map((ordinal) => `hyp-control-${hashOf(deploymentId)}-${String(ordinal)}`)
