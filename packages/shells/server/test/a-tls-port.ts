import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ListenerTls, openListenerTls } from '@pull-secret/composition/server'
import { type CertificateAuthority, type Identity, makeCertificateAuthority } from '@pull-secret/registry-simulators'
import * as E from 'fp-ts/lib/Either.js'

/** The TLS of a port, its files, and what its log says. */
export interface ATlsPort {
  readonly tls: ListenerTls
  /** Who signed the first pair. */
  readonly authority: CertificateAuthority
  readonly files: { readonly certFile: string; readonly keyFile: string; readonly clientCaFile: string }
  readonly problems: Array<string>
  readonly write: (identity: Partial<Identity>) => void
  /** Lets time pass for whoever looks at the files. */
  readonly pass: (milliseconds: number) => void
  readonly close: () => void
}

export const anAuthority = (): Promise<CertificateAuthority> =>
  makeCertificateAuthority('TLS of a port', { now: new Date(), lifetimeDays: 1 })

/** With a client authority, every client needs a certificate of it. */
export const aTlsPort = async ({ clients }: { readonly clients?: CertificateAuthority } = {}): Promise<ATlsPort> => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-port-'))
  const files = {
    certFile: join(folder, 'server.pem'),
    keyFile: join(folder, 'server.key'),
    clientCaFile: join(folder, 'clients.pem'),
  }
  const write = ({ certificate, key }: Partial<Identity>): void => {
    if (certificate !== undefined) writeFileSync(files.certFile, certificate)
    if (key !== undefined) writeFileSync(files.keyFile, key)
  }
  const authority = await anAuthority()
  write(await authority.issueServer())
  if (clients !== undefined) writeFileSync(files.clientCaFile, clients.identity.certificate)
  const problems: Array<string> = []
  let passed = 0
  const opened = await openListenerTls(
    { ...files, clientCaFile: clients === undefined ? undefined : files.clientCaFile },
    {
      clock: { monotonic: () => passed },
      logger: { log: (level, message) => () => void problems.push(`${level} ${message}`) },
    },
  )
  if (E.isLeft(opened)) throw new Error(opened.left.map(({ message }) => message).join('; '))
  return {
    tls: opened.right,
    authority,
    files,
    problems,
    write,
    pass: (milliseconds) => {
      passed += milliseconds
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}
