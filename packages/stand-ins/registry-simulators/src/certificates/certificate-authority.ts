import 'reflect-metadata'
import { randomBytes, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

/** PEM texts. */
export interface Identity {
  certificate: string
  key: string
}

export interface CertificateAuthority {
  identity: Identity
  /** For 127.0.0.1, ::1 and localhost. */
  issueServer: () => Promise<Identity>
  /** With this common name. */
  issueClient: (commonName: string) => Promise<Identity>
}

export interface CertificateTimes {
  now: Date
  /** From now on. Starts five minutes earlier, for clocks that are behind. */
  lifetimeDays: number
}

const { subtle } = webcrypto
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const clockSkewMilliseconds = 5 * 60 * 1000
const dayMilliseconds = 24 * 60 * 60 * 1000

const newKeys = () => subtle.generateKey(algorithm, true, ['sign', 'verify'])

const validity = ({ now, lifetimeDays }: CertificateTimes) => ({
  serialNumber: `01${randomBytes(15).toString('hex')}`,
  notBefore: new Date(now.getTime() - clockSkewMilliseconds),
  notAfter: new Date(now.getTime() + lifetimeDays * dayMilliseconds),
})

const toIdentity = async (certificate: x509.X509Certificate, key: webcrypto.CryptoKey): Promise<Identity> => ({
  certificate: `${certificate.toString('pem')}\n`,
  key: `${x509.PemConverter.encode(await subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`,
})

const issuerOf = ({ identity, times }: { identity: Identity; times: CertificateTimes }): CertificateAuthority => {
  const issue = async (subject: string, extensions: Array<x509.Extension>): Promise<Identity> => {
    const authority = new x509.X509Certificate(identity.certificate)
    const [pkcs8] = x509.PemConverter.decode(identity.key)
    const signingKey = await subtle.importKey('pkcs8', pkcs8 as ArrayBuffer, algorithm, false, ['sign'])
    const keys = await newKeys()
    const certificate = await x509.X509CertificateGenerator.create({
      ...validity(times),
      subject,
      issuer: authority.subject,
      signingKey,
      publicKey: keys.publicKey,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey),
        ...extensions,
      ],
    })
    return toIdentity(certificate, keys.privateKey)
  }

  return {
    identity,
    issueServer: () =>
      issue('CN=localhost', [
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([
          { type: 'dns', value: 'localhost' },
          { type: 'ip', value: '127.0.0.1' },
          { type: 'ip', value: '::1' },
        ]),
      ]),
    issueClient: (commonName) =>
      issue(new x509.Name([{ CN: [commonName] }]).toString(), [
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
      ]),
  }
}

/** An authority from a kept identity. */
export const restoreCertificateAuthority = (identity: Identity, times: CertificateTimes): CertificateAuthority =>
  issuerOf({ identity, times })

/** A new authority. Every key is ECDSA on P-256, every signature SHA-256. */
export const makeCertificateAuthority = async (
  name: string,
  times: CertificateTimes,
): Promise<CertificateAuthority> => {
  const keys = await newKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(times),
    name: new x509.Name([{ CN: [name] }]).toString(),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return issuerOf({ identity: await toIdentity(certificate, keys.privateKey), times })
}
