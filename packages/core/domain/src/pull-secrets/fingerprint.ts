import type { Digest } from '../platform/digest.ts'
import type { SecretText } from '../platform/secret-text.ts'
import { documentText, type PullSecretDocument } from './document.ts'

/** HMAC-SHA-256 of the document's canonical text under the cluster's own key. */
export const fingerprintOf = (document: PullSecretDocument, key: SecretText, digest: Digest): string =>
  digest.hmacSha256(key, documentText(document))

/** The fingerprint of each host: that of a document that holds this host's entry alone. */
export const hostFingerprintsOf = (
  document: PullSecretDocument,
  key: SecretText,
  digest: Digest,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(document.auths).map(([host, entry]) => [
      host,
      fingerprintOf({ auths: { [host]: entry } }, key, digest),
    ]),
  )

export type HostVerdict = 'match' | 'differs' | 'missing' | 'unexpected'

/** What a caller believes its cluster holds. */
export interface HeldFingerprints {
  readonly whole?: string
  readonly hosts?: Readonly<Record<string, string>>
}

export interface Verification {
  readonly matches: boolean
  readonly hosts: Readonly<Record<string, HostVerdict>>
}

const hostVerdicts = (
  held: Readonly<Record<string, string>>,
  served: Readonly<Record<string, string>>,
): Readonly<Record<string, HostVerdict>> =>
  Object.fromEntries(
    [...new Set([...Object.keys(served), ...Object.keys(held)])].sort().map((host): [string, HostVerdict] => {
      if (!Object.hasOwn(served, host)) return [host, 'unexpected']
      if (!Object.hasOwn(held, host)) return [host, 'missing']
      return [host, held[host] === served[host] ? 'match' : 'differs']
    }),
  )

/** Whether what a cluster holds is what is served: the whole document, or host by host, revealing no token. */
export const verifyFingerprints = (
  document: PullSecretDocument,
  key: SecretText,
  digest: Digest,
  held: HeldFingerprints,
): Verification => {
  const hosts = held.hosts === undefined ? {} : hostVerdicts(held.hosts, hostFingerprintsOf(document, key, digest))
  const wholeMatches = held.whole === undefined || held.whole === fingerprintOf(document, key, digest)
  return { matches: wholeMatches && Object.values(hosts).every((verdict) => verdict === 'match'), hosts }
}
