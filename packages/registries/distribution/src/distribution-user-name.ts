import { createHash } from 'node:crypto'
import { markerOf } from '@pull-secret/domain'

/** Tells one deployment's users from all others by their names alone: a line of the file has room for nothing else. */
export interface OwnNames {
  /** This deployment in names and in the file's comment: at most 20 of `a-z0-9-`. */
  readonly deployment: string
  readonly nameOf: (credentialId: string) => string
  /** The marker that a user name stands for; `undefined` for a user of somebody else. */
  readonly markerIn: (userName: string) => string | undefined
}

const longestSlug = 11

/**
 * The digits of the hash keep deployments apart whose ids begin alike, and no deployment's prefix begins another's,
 * because there is no `-` in the slug.
 */
const deploymentInNames = (deploymentId: string): string => {
  const slug = deploymentId
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, longestSlug)
  return `${slug}-${createHash('sha256').update(deploymentId).digest('hex').slice(0, 8)}`
}

export const makeOwnNames = (deploymentId: string): OwnNames => {
  const deployment = deploymentInNames(deploymentId)
  const prefix = `hyp-${deployment}-`
  return {
    deployment,
    nameOf: (credentialId) => prefix + credentialId,
    markerIn: (userName) =>
      userName.startsWith(prefix) && userName.length > prefix.length
        ? markerOf(deploymentId, userName.slice(prefix.length))
        : undefined,
  }
}
