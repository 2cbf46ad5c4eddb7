import { spawnSync } from 'node:child_process'
import { userInfo } from 'node:os'
import { SandboxError } from './sandbox-error.ts'

const hasName = (): boolean => {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

const runsAsItself = (): boolean => process.getuid?.() !== 0 && hasName()

const inNamespace = { program: 'unshare', args: ['--user', '--map-user=65534', '--map-group=65534', '--'] }

const canMakeNamespace = (): boolean =>
  spawnSync(inNamespace.program, [...inNamespace.args, 'true'], { stdio: 'ignore' }).status === 0

/**
 * PostgreSQL runs neither as root nor as a user without a name, and another user may not enter the sandbox's folder: in
 * these cases it needs a user namespace.
 *
 * @throws SandboxError when it needs one and this machine grants none.
 */
export const demandNamespace = (): void => {
  if (runsAsItself() || canMakeNamespace()) return
  throw new SandboxError(
    [
      'PostgreSQL cannot run as root or as a user without a name',
      'and this machine allows no user namespaces: start the sandbox as another user.',
    ].join(', '),
  )
}
