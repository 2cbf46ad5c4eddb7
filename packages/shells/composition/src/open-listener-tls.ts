import type { ServerTlsConfig } from '@pull-secret/config'
import type { Clock, Instant, Logger } from '@pull-secret/domain'
import type { TlsFiles, TlsIdentity, TlsReading } from '@pull-secret/registry-http'
import * as E from 'fp-ts/lib/Either.js'
import type { StartFault } from './start-fault.ts'

export type { TlsIdentity }

/** The TLS side of a port, from files that are replaced while the process runs. */
export interface ListenerTls {
  /** Whether clients have to show a certificate that an authority of `ca` signed. */
  readonly demandsCertificate: boolean
  /** PEM texts of the newest usable files, looked at no more than once a second; the same object until they change. */
  readonly current: () => TlsIdentity
  /** Until when their certificate is valid. */
  readonly expiresAt: () => Instant | undefined
}

export interface ListenerTlsDeps {
  readonly clock: Pick<Clock, 'monotonic'>
  readonly logger: Logger
}

const lookEveryMilliseconds = 1000

const fields: Readonly<Record<keyof TlsFiles, string>> = {
  certificateFile: 'server.tls.cert_file',
  keyFile: 'server.tls.key_file',
  caFile: 'server.tls.client_ca_file',
}

const filesOf = ({ certFile, keyFile, clientCaFile }: ServerTlsConfig): TlsFiles => ({
  certificateFile: certFile,
  keyFile,
  caFile: clientCaFile,
})

const startFaultsOf = ({ faults }: TlsReading): ReadonlyArray<StartFault> =>
  faults.map(({ file, message }) => ({ field: fields[file], message }))

/** What is wrong with the files. */
export const listenerTlsFaults = async (config: ServerTlsConfig): Promise<ReadonlyArray<StartFault>> => {
  const { readTlsFiles } = await import('@pull-secret/registry-http')
  return startFaultsOf(readTlsFiles(filesOf(config)))
}

/**
 * Opens the files of a port's TLS, or says what is wrong with each. Later versions that cannot be used, such as a
 * certificate whose key is not there yet, are logged once each, and the former files stay in use.
 */
export const openListenerTls = async (
  config: ServerTlsConfig,
  { clock, logger }: ListenerTlsDeps,
): Promise<E.Either<ReadonlyArray<StartFault>, ListenerTls>> => {
  const { fileVersion, readTlsFiles } = await import('@pull-secret/registry-http')
  const files = filesOf(config)
  const versionNow = (): string =>
    [config.certFile, config.keyFile, config.clientCaFile]
      .map((file) => (file === undefined ? '' : (fileVersion(file) ?? 'missing')))
      .join(' ')

  // The version is taken before the content: a change in between is then seen at the next look.
  let version = versionNow()
  let lookedAt = clock.monotonic()
  const first = readTlsFiles(files)
  if (first.faults.length > 0) return E.left(startFaultsOf(first))
  let used = first

  const replace = (): void => {
    const newest = readTlsFiles(files)
    if (newest.faults.length === 0) used = newest
    else logger.log('error', `TLS files: ${newest.faults.map(({ message }) => message).join('; ')}`)()
  }

  const current = (): TlsReading => {
    if (clock.monotonic() - lookedAt < lookEveryMilliseconds) return used
    lookedAt = clock.monotonic()
    const newest = versionNow()
    if (newest !== version) {
      version = newest
      replace()
    }
    return used
  }

  return E.right({
    demandsCertificate: config.clientCaFile !== undefined,
    current: () => current().identity,
    expiresAt: () => current().expiresAt,
  })
}
