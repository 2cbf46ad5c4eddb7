/** The parts of an answered pull secret that the lanes look at. */
export interface PullSecretAnswer {
  readonly dockerconfigjson: string
  readonly fingerprint: string
  readonly fingerprint_key: string
}

/** One entry of a document. */
export interface DocumentEntry {
  readonly host: string
  readonly username: string
  readonly token: string
}

interface DockerConfig {
  readonly auths: Readonly<Record<string, { readonly auth: string }>>
}

export const parsePullSecretAnswer = (text: string): PullSecretAnswer => JSON.parse(text) as PullSecretAnswer

/** What a client reads out of a Docker auth config. */
export const documentEntries = (dockerconfigjson: string): ReadonlyArray<DocumentEntry> =>
  Object.entries((JSON.parse(dockerconfigjson) as DockerConfig).auths).map(([host, { auth }]) => {
    const decoded = Buffer.from(auth, 'base64').toString('utf8')
    const colon = decoded.indexOf(':')
    return { host, username: decoded.slice(0, colon), token: decoded.slice(colon + 1) }
  })
