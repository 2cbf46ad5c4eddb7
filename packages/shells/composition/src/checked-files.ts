import type { ConfigMismatch, Logger, OpenRegistry, RegistryClient } from '@pull-secret/domain'

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

/** Tells operators, when the service starts and when one breaks, which files keep it from calling a registry. */
export const reportFileFaults = (logger: Logger, registryId: string, faults: ReadonlyArray<ConfigMismatch>): void => {
  for (const { field, message } of faults)
    logger.log('error', 'a file of a registry cannot be used', { registry: registryId, field, reason: message })()
}
