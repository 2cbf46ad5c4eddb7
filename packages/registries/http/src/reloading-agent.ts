import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { Logger } from '@pull-secret/domain'
import { Agent } from 'undici'
import { makeConnector } from './connect-failure.ts'
import { fileVersion } from './file-version.ts'

/** PEM files of TLS connections. Without `caFile` the system's authorities are trusted. */
export interface TlsFiles {
  readonly caFile?: string
  readonly certificateFile?: string
  readonly keyFile?: string
}

export interface ReloadingAgentDeps {
  readonly tls: TlsFiles
  readonly connectMilliseconds: number
  readonly logger: Logger
}

/** An agent that is replaced when its TLS files change; requests under way end on the old one. */
export interface ReloadingAgent {
  /** `undefined` while the files make no working pair and never did. */
  readonly current: () => Agent | undefined
  readonly close: () => Promise<void>
}

const idleMilliseconds = 30_000

const readIfNamed = (path: string | undefined): string | undefined =>
  path === undefined ? undefined : readFileSync(path, 'utf8')

const openAgent = ({ caFile, certificateFile, keyFile }: TlsFiles, connectMilliseconds: number): Agent => {
  const identity = { ca: readIfNamed(caFile), cert: readIfNamed(certificateFile), key: readIfNamed(keyFile) }
  // Throws on a pair that does not match, as while a certificate is new and its key still old.
  createSecureContext(identity)
  return new Agent({
    // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED cannot switch it off.
    connect: makeConnector({
      ...identity,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      timeout: connectMilliseconds,
      allowH2: false,
    }),
    allowH2: false,
    keepAliveTimeout: idleMilliseconds,
    headersTimeout: 0,
    bodyTimeout: 0,
  })
}

export const makeReloadingAgent = ({ tls, connectMilliseconds, logger }: ReloadingAgentDeps): ReloadingAgent => {
  const files = [tls.caFile, tls.certificateFile, tls.keyFile].filter((path) => path !== undefined)
  const closing = new Set<Promise<void>>()
  let agent: Agent | undefined
  let seen: string | undefined

  const drain = (old: Agent): void => {
    const closed: Promise<void> = old.close().finally(() => closing.delete(closed))
    closing.add(closed)
  }

  const replace = (): void => {
    const old = agent
    try {
      agent = openAgent(tls, connectMilliseconds)
    } catch {
      logger.log('warn', 'the TLS files of a registry cannot be used', { keepsFormer: old !== undefined })()
      return
    }
    if (old !== undefined) drain(old)
  }

  return {
    current: () => {
      const version = files.map((path) => fileVersion(path) ?? 'missing').join(' ')
      if (version !== seen) {
        seen = version
        replace()
      }
      return agent
    },
    close: async () => {
      if (agent !== undefined) drain(agent)
      await Promise.all(closing)
    },
  }
}
