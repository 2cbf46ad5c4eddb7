import { createHmac } from 'node:crypto'
import { invalidOption, isRecord } from './check-options.ts'
import type { AuthEntry, PullSecretDocument } from './pull-secret.ts'

const isEntry = (entry: unknown): boolean =>
  isRecord(entry) && typeof entry['auth'] === 'string' && ['string', 'undefined'].includes(typeof entry['email'])

const isDocument = (document: unknown): document is PullSecretDocument =>
  isRecord(document) && isRecord(document['auths']) && Object.values(document['auths']).every(isEntry)

const canonicalEntry = ({ auth, email }: AuthEntry): AuthEntry => (email === undefined ? { auth } : { auth, email })

/** The document as the service writes it: compact, hosts in order, `auth` before `email`. */
const canonicalText = ({ auths }: PullSecretDocument): string => {
  const hosts = Object.keys(auths).sort()
  return JSON.stringify({
    auths: Object.fromEntries(hosts.map((host) => [host, canonicalEntry(auths[host] as AuthEntry)])),
  })
}

/**
 * The fingerprint of a document under a cluster's `fingerprintKey`: HMAC-SHA-256 in hexadecimal. The same entries give
 * the same fingerprint, whatever the order and spacing of their JSON.
 *
 * @throws PullSecretError `INVALID_REQUEST` for what is no Docker auth config, as a cluster may hold
 * @example
 * const held = fingerprint(JSON.parse(textFromTheCluster), fingerprintKey)
 * const { matches } = await pullSecrets.verify('cls-abc123', { fingerprint: held })
 */
export const fingerprint = (document: PullSecretDocument, fingerprintKey: string): string => {
  if (!isDocument(document))
    throw invalidOption('document', 'document must be a Docker auth config: auths, and in each entry auth')
  if (typeof fingerprintKey !== 'string' || fingerprintKey === '')
    throw invalidOption('fingerprintKey', 'fingerprintKey must be the text that the service gave')
  return createHmac('sha256', fingerprintKey).update(canonicalText(document)).digest('hex')
}
