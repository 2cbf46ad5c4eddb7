import { X509Certificate } from 'node:crypto'
import {
  type CertificateAuthority,
  type CertificateTimes,
  type Identity,
  makeCertificateAuthority,
  restoreCertificateAuthority,
} from './certificate-authority.ts'
import { type IdentityFiles, identityFiles, readIdentity, writeIdentity } from './kept-identity.ts'

export interface SandboxCertificates {
  authority: { certificate: string; certificateFile: string }
  server: Identity & IdentityFiles
  client: Identity & IdentityFiles
}

const hourMilliseconds = 60 * 60 * 1000

const isLasting = (certificate: X509Certificate, now: Date): boolean =>
  new Date(certificate.validFrom) <= now && new Date(certificate.validTo).getTime() > now.getTime() + hourMilliseconds

const isOf = (certificate: X509Certificate, authority: X509Certificate): boolean =>
  certificate.checkIssued(authority) && certificate.verify(authority.publicKey)

/** The kept identity when it is still good, else a new one, written. */
const keptOrNew = async (
  files: IdentityFiles,
  isGood: (certificate: X509Certificate) => boolean,
  make: () => Promise<Identity>,
): Promise<Identity & IdentityFiles> => {
  const kept = readIdentity(files)
  if (kept !== undefined && isGood(new X509Certificate(kept.certificate))) return { ...kept, ...files }
  const identity = await make()
  writeIdentity(files, identity)
  return { ...identity, ...files }
}

/**
 * An authority, a server's and a client's certificate as PEM files (0600, ECDSA P-256) in a directory. What is there
 * and
 * good for another hour is kept; what is missing, expired, damaged or of another authority or client is made anew.
 */
export const createSandboxCertificates = async ({
  directory,
  clientName,
  lifetimeDays = 30,
  now = new Date(),
}: {
  directory: string
  /** The client certificate's common name; at RHIT the partner code. */
  clientName: string
  lifetimeDays?: number
  now?: Date
}): Promise<SandboxCertificates> => {
  const times: CertificateTimes = { now, lifetimeDays }
  const root = await keptOrNew(
    identityFiles(directory, 'authority'),
    (certificate) => certificate.ca && isLasting(certificate, now),
    async () => (await makeCertificateAuthority('Pull secret sandbox', times)).identity,
  )
  const authority: CertificateAuthority = restoreCertificateAuthority(root, times)
  const rootCertificate = new X509Certificate(root.certificate)

  const isGoodLeaf = (certificate: X509Certificate): boolean =>
    isLasting(certificate, now) && isOf(certificate, rootCertificate)

  const server = await keptOrNew(
    identityFiles(directory, 'server'),
    (certificate) => isGoodLeaf(certificate) && certificate.checkIP('127.0.0.1') !== undefined,
    authority.issueServer,
  )
  const client = await keptOrNew(
    identityFiles(directory, 'client'),
    (certificate) => isGoodLeaf(certificate) && certificate.subject === `CN=${clientName}`,
    () => authority.issueClient(clientName),
  )
  return { authority: { certificate: root.certificate, certificateFile: root.certificateFile }, server, client }
}
