import { createHash } from 'node:crypto'

/**
 * Names one installation: what the lockfile asks for, on this kind of machine.
 *
 * @param {string | Buffer} lockfile content of package-lock.json
 * @param {{ platform: string, arch: string }} machine
 */
export const installStamp = (lockfile, { platform, arch }) =>
  `${createHash('sha256').update(lockfile).digest('hex')} ${platform} ${arch}\n`

/**
 * The reason to install again, or undefined when the last installation still fits.
 *
 * @param {{ wanted: string, found: string | undefined }} stamps
 */
export const reasonToInstall = ({ wanted, found }) => {
  if (found === undefined) return 'no finished installation found'
  return found === wanted ? undefined : 'the lockfile or the machine changed'
}

/**
 * Why the scripts after this one could not run, or undefined when they can.
 *
 * @param {{ pinnedNodeFound: boolean, runningMajor: number }} nodes
 */
export const missingNode = ({ pinnedNodeFound, runningMajor }) =>
  pinnedNodeFound || runningMajor >= 24
    ? undefined
    : `No pinned Node 24 is available for this platform and the running Node is ${runningMajor}: ` +
      'install Node 24 or newer and run the command again.'
