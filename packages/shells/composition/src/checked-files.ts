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
 * returned function each time that calls find another rule broken.
 */
export const watchedFiles = (
  { fileFaults = () => [] }: OpenRegistry,
  logger: Logger,
  registryId: string,
): ((state: RegistryHealth) => void) => {
  let told: ReadonlySet<string> = new Set()
  const tell = (): void => {
    const faults = fileFaults()
    for (const { field, message } of faults.filter((fault) => !told.has(fault.message)))
      logger.log('error', 'a file of a registry cannot be used', { registry: registryId, field, reason: message })()
    told = new Set(faults.map(({ message }) => message))
  }
  tell()
  return (state) => {
    if (state.kind === 'working') told = new Set()
    else if (state.kind === 'failing' && state.problem === 'file_unusable') tell()
  }
}
