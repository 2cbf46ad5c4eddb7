import type { Digest } from '../platform/digest.ts'
import type { SecretText } from '../platform/secret-text.ts'

/** One entry of a Docker auth config. */
export interface AuthEntry {
  readonly auth: string
  readonly email?: string
}

/** A Docker auth config as Kubernetes stores it under `.dockerconfigjson`. Holds live tokens: never log it. */
export interface PullSecretDocument {
  readonly auths: Readonly<Record<string, AuthEntry>>
}

/** What one registry's credential contributes to a document. */
export interface DocumentPart {
  readonly hosts: ReadonlyArray<string>
  readonly username: string
  readonly token: SecretText
  readonly email?: string
}

const byText = (one: string, other: string): number => {
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** Entries stand in the order of their hosts, so that the same credentials always give the same bytes. */
export const buildDocument = (parts: ReadonlyArray<DocumentPart>, base64: Digest['base64']): PullSecretDocument => {
  const entries = parts.flatMap((part): ReadonlyArray<readonly [string, AuthEntry]> => {
    const auth = base64(`${part.username}:${part.token.reveal()}`)
    return part.hosts.map((host) => [host, part.email === undefined ? { auth } : { auth, email: part.email }])
  })
  return { auths: Object.fromEntries([...entries].sort(([one], [other]) => byText(one, other))) }
}

/** The bytes that a cluster gets: compact JSON, hosts in order, `auth` before `email`. */
export const documentText = (document: PullSecretDocument): string => JSON.stringify(document)
