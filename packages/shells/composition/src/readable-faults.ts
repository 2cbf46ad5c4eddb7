import type { ReadableParts } from '@pull-secret/config'
import { makeSilentLogger } from '@pull-secret/in-memory'
import { openKeyRing } from '@pull-secret/platform-node'
import * as E from 'fp-ts/lib/Either.js'
import { kubeconfigFaults, tokenFileFaults } from './open-access.ts'
import { openConfiguredDatabase } from './open-configured-database.ts'
import { listenerTlsFaults } from './open-listener-tls.ts'
import { headersFileFaults } from './open-traces.ts'
import { registryFaults } from './registry-setups.ts'
import type { StartFault } from './start-fault.ts'

/** The fault of a key ring that cannot be used. */
export const keyRingFault = ({ message }: { readonly message: string }): StartFault => ({
  field: 'encryption.key_ring_file',
  message,
})

const keyRingFaults = (file: string): ReadonlyArray<StartFault> => {
  const opened = openKeyRing({ file, onProblem: () => undefined })
  return E.isRight(opened) ? [] : [keyRingFault(opened.left)]
}

const databaseFaults = async (database: NonNullable<ReadableParts['database']>): Promise<ReadonlyArray<StartFault>> => {
  const opened = await openConfiguredDatabase(database, { logger: makeSilentLogger(), onFault: () => undefined })
  if (E.isLeft(opened)) return opened.left
  await opened.right.close()
  return []
}

/** What is wrong with the files and sections that a refused configuration names. Connects to nothing. */
export const readableFaults = async ({
  keyRingFile,
  tokensFile,
  kubeconfigFile,
  serverTls,
  tracesHeadersFile,
  database,
  registries,
}: ReadableParts): Promise<ReadonlyArray<StartFault>> => [
  ...(tokensFile === undefined ? [] : await tokenFileFaults(tokensFile)),
  ...(kubeconfigFile === undefined ? [] : await kubeconfigFaults(kubeconfigFile)),
  ...(serverTls === undefined ? [] : await listenerTlsFaults(serverTls)),
  ...(tracesHeadersFile === undefined ? [] : headersFileFaults(tracesHeadersFile)),
  ...(keyRingFile === undefined ? [] : keyRingFaults(keyRingFile)),
  ...(await registryFaults(registries)),
  ...(database === undefined ? [] : await databaseFaults(database)),
]
