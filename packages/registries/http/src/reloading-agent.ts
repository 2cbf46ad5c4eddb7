import type { Logger } from '@pull-secret/domain'
import { Agent } from 'undici'
import { makeConnector } from './connect-failure.ts'
import { fileVersion } from './file-version.ts'
import { readTlsFiles, type TlsFiles, type TlsIdentity } from './tls-files.ts'

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

const openAgent = (identity: TlsIdentity, connectMilliseconds: number): Agent => {
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
    const { identity, faults } = readTlsFiles(tls)
    if (faults.length > 0) {
      const reason = faults.map(({ message }) => message).join('; ')
      logger.log('warn', 'the TLS files of a registry cannot be used', { reason, keepsFormer: old !== undefined })()
      return
    }
    agent = openAgent(identity, connectMilliseconds)
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
