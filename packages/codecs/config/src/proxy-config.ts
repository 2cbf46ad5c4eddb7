import { exactly, nonEmptyText, webAddress } from '@pull-secret/decoding'
import type * as t from 'io-ts'
import { filePath } from './codecs.ts'

/** The section `proxy` of an entry of `registries`. */
export const proxySection = exactly(
  'a section with url, username, password_file',
  { url: webAddress },
  { username: nonEmptyText, password_file: filePath },
)

/** A proxy that connects to a registry by CONNECT. */
export interface ProxyConfig {
  readonly url: string
  readonly username?: string
  /** Read again when it changes. */
  readonly passwordFile?: string
}

export const toProxyConfig = (section: t.TypeOf<typeof proxySection>): ProxyConfig => ({
  url: section.url,
  username: section.username,
  passwordFile: section.password_file,
})
