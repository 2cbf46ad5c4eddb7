import type { Logger, OpenRegistry, RegistryClient } from '@pull-secret/domain'
import type { RegistryHealth } from './registry-health.ts'

/** The same client, whose check of the access names the files that cannot be used instead of asking the vendor. */
export const checkedFiles = ({ client, fileFaults = () => [] }: OpenRegistry): RegistryClient => ({
  ...client,
  checkAccess: (deadline) => async () => {
    const faults = fileFaults()
    return faults.length === 0
      ? client.checkAccess(deadline)()
      : { kind: 'failing', problem: 'file_unusable', detail: faults.map(({ message }) => message).join('; ') }
  },
})

/**
 * Tells operators which files keep the service from calling a registry: at once, when the service starts, and by the
 * returned function each time that calls begin to find a file unusable.
 */
export const watchedFiles = (
  { fileFaults = () => [] }: OpenRegistry,
  logger: Logger,
  registryId: string,
): ((state: RegistryHealth) => void) => {
  const tell = (): boolean => {
    const faults = fileFaults()
    for (const { field, message } of faults)
      logger.log('error', 'a file of a registry cannot be used', { registry: registryId, field, reason: message })()
    return faults.length > 0
  }
  let isTold = tell()
  return (state) => {
    if (state.kind === 'working') isTold = false
    else if (state.kind === 'failing' && state.problem === 'file_unusable' && !isTold) isTold = tell()
  }
}
