import { createHmac } from 'node:crypto'
import type { AuthEntry, PullSecretDocument } from './pull-secret.ts'

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
 * @example
 * const held = fingerprint(JSON.parse(textFromTheCluster), fingerprintKey)
 * const { matches } = await pullSecrets.verify('cls-abc123', { fingerprint: held })
 */
export const fingerprint = (document: PullSecretDocument, fingerprintKey: string): string =>
  createHmac('sha256', fingerprintKey).update(canonicalText(document)).digest('hex')
