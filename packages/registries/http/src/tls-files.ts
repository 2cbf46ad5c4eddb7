import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import type { Instant } from '@pull-secret/domain'
import { readMountedFile } from '@pull-secret/mounted-files'
import * as E from 'fp-ts/lib/Either.js'
import { codeOf } from './connect-failure.ts'

/** PEM files of TLS connections. Without `caFile` the authorities that Node.js knows are trusted. */
export interface TlsFiles {
  readonly caFile?: string
  readonly certificateFile?: string
  readonly keyFile?: string
}

/** What is wrong with one of the files, in a sentence that names it and never its content. */
export interface TlsFileFault {
  readonly file: keyof TlsFiles
  readonly message: string
}

export interface TlsIdentity {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
}

const certificateBlock =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^]*?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g

const certificateBegin = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/g

const certificatesIn = (pem: string): E.Either<string, ReadonlyArray<X509Certificate>> => {
  const blocks = pem.match(certificateBlock) ?? []
  if (blocks.length === 0) return E.left('holds no certificate')
  if (blocks.length < (pem.match(certificateBegin) ?? []).length) return E.left('ends in the middle of a certificate')
  return E.tryCatch(
    () => blocks.map((block) => new X509Certificate(block)),
    () => 'holds a certificate that cannot be read',
  )
}

const keyIn = (pem: string): E.Either<string, KeyObject> =>
  E.tryCatch(
    () => createPrivateKey(pem),
    () => 'holds no private key without a passphrase',
  )

interface Read<A> {
  readonly pem?: string
  readonly parsed?: A
  readonly faults: ReadonlyArray<TlsFileFault>
}

const readFile = <A>(
  path: string | undefined,
  file: keyof TlsFiles,
  parse: (pem: string) => E.Either<string, A>,
): Read<A> => {
  if (path === undefined) return { faults: [] }
  const pem = readMountedFile(path)
  const parsed = E.flatMap(parse)(pem)
  return E.isRight(pem) && E.isRight(parsed)
    ? { pem: pem.right, parsed: parsed.right, faults: [] }
    : { faults: [{ file, message: `${path} ${E.isLeft(parsed) ? parsed.left : 'cannot be used'}` }] }
}

/** What OpenSSL refuses although each file can be read, such as a key that is too short. Its code holds no content. */
const refusedByOpenSsl = (identity: TlsIdentity, named: TlsFiles): ReadonlyArray<TlsFileFault> => {
  const tried = (['caFile', 'certificateFile'] as const).filter((file) => named[file] !== undefined)
  return tried.flatMap((file) => {
    const { ca, cert, key } = identity
    try {
      createSecureContext(file === 'caFile' ? { ca } : { cert, key })
      return []
    } catch (error) {
      return [{ file, message: `${named[file] ?? ''} is refused by OpenSSL (${codeOf(error)})` }]
    }
  })
}

export interface TlsReading {
  readonly identity: TlsIdentity
  /** Until when the certificate is valid, where there is one. */
  readonly expiresAt?: Instant
  readonly faults: ReadonlyArray<TlsFileFault>
}

/** What the files hold, and what keeps them from being used: an empty CA bundle would trust every public authority. */
export const readTlsFiles = ({ caFile, certificateFile, keyFile }: TlsFiles): TlsReading => {
  const ca = readFile(caFile, 'caFile', certificatesIn)
  const certificate = readFile(certificateFile, 'certificateFile', certificatesIn)
  const key = readFile(keyFile, 'keyFile', keyIn)
  const own = certificate.parsed?.[0]
  const isForeign = own !== undefined && key.parsed !== undefined && !own.checkPrivateKey(key.parsed)
  const pairFaults: ReadonlyArray<TlsFileFault> = isForeign
    ? [{ file: 'keyFile', message: `${keyFile ?? ''} does not belong to the certificate in ${certificateFile ?? ''}` }]
    : []
  const identity = { ca: ca.pem, cert: certificate.pem, key: key.pem }
  const faults = [...ca.faults, ...certificate.faults, ...key.faults, ...pairFaults]
  return {
    identity,
    expiresAt: own?.validToDate.getTime(),
    faults: faults.length > 0 ? faults : refusedByOpenSsl(identity, { caFile, certificateFile, keyFile }),
  }
}

type CertificateFile = Pick<TlsFiles, 'certificateFile'>

/** Those that follow in the file are of its authorities. */
const certificateOf = ({ certificateFile }: CertificateFile): X509Certificate | undefined =>
  readFile(certificateFile, 'certificateFile', certificatesIn).parsed?.[0]

/** Until when the certificate is valid that the file has now. */
export const certificateExpiry = (files: CertificateFile): Instant | undefined =>
  certificateOf(files)?.validToDate.getTime()

/** A certificate out of its time is used all the same: whether it is still taken is the vendor's to say. */
export const expiryFaults = ({ certificateFile }: CertificateFile, now: Instant): ReadonlyArray<TlsFileFault> => {
  const own = certificateOf({ certificateFile })
  if (own === undefined) return []
  const { validFromDate: from, validToDate: until } = own
  const fault = (message: string): ReadonlyArray<TlsFileFault> => [
    { file: 'certificateFile', message: `${certificateFile ?? ''} ${message}` },
  ]
  if (until.getTime() <= now) return fault(`expired at ${until.toISOString()}`)
  return from.getTime() > now ? fault(`is not valid before ${from.toISOString()}`) : []
}
