import type { Logger, RegistryProxy } from '@pull-secret/domain'
import type { Dispatcher } from 'undici'
import { fileVersion } from './file-version.ts'
import { openAgent } from './open-agent.ts'
import { makeSecretFile, secretFileFault } from './secret-file.ts'
import { readTlsFiles, type TlsFiles } from './tls-files.ts'

export interface ReloadingAgentDeps {
  readonly tls: TlsFiles
  readonly proxy?: RegistryProxy
  readonly connectMilliseconds: number
  readonly logger: Logger
}

/** An agent that is replaced when its files change; requests under way end on the old one. */
export interface ReloadingAgent {
  /** `undefined` while the files make no working pair and never did. */
  readonly current: () => Dispatcher | undefined
  readonly close: () => Promise<void>
}

export const makeReloadingAgent = ({ tls, proxy, connectMilliseconds, logger }: ReloadingAgentDeps): ReloadingAgent => {
  const { passwordFile } = proxy ?? {}
  const password = passwordFile === undefined ? undefined : makeSecretFile(passwordFile)
  const files = [tls.caFile, tls.certificateFile, tls.keyFile, passwordFile].filter((path) => path !== undefined)
  const closing = new Set<Promise<void>>()
  let agent: Dispatcher | undefined
  let seen: string | undefined

  const drain = (old: Dispatcher): void => {
    const closed: Promise<void> = old.close().finally(() => closing.delete(closed))
    closing.add(closed)
  }

  const replace = (): void => {
    const old = agent
    const { identity, faults } = readTlsFiles(tls)
    const proxyFault = passwordFile === undefined ? undefined : secretFileFault(passwordFile)
    const messages = [...faults.map(({ message }) => message), ...(proxyFault === undefined ? [] : [proxyFault])]
    if (messages.length > 0) {
      const reason = messages.join('; ')
      logger.log('warn', 'the files of the connections to a registry cannot be used', {
        reason,
        keepsFormer: old !== undefined,
      })()
      return
    }
    agent = openAgent({ identity, proxy, proxyPassword: password?.read(), connectMilliseconds })
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
