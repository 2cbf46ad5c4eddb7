import * as files from 'node:fs/promises'
import type { RegistryAdapter } from '@pull-secret/domain'
import {
  makeHttpClient,
  makeLoginCheck,
  proxyFileFaults,
  tlsFileFaults,
  warnOfClearText,
} from '@pull-secret/registry-http'
import { makeDistributionClient } from './distribution-client.ts'
import { decodeDistributionConfig, type DistributionConfig } from './distribution-config.ts'
import { realPath } from './real-path.ts'
import { makeTokenHashes } from './token-hashes.ts'

/** A CNCF Distribution registry whose `auth.htpasswd` file this service writes. */
export const distributionRegistry: RegistryAdapter<DistributionConfig> = {
  type: 'distribution',
  requiredByDefault: false,
  decodeConfig: decodeDistributionConfig,
  hosts: ({ registryUrl }) => [new URL(registryUrl).host],
  aliases: () => [],
  open: (config, dependencies) => {
    const { registryId, clock, logger, callSeconds, turns, caFile, proxy } = dependencies
    const { registryUrl, insecureHttp } = config
    warnOfClearText({ registry_url: registryUrl }, logger, registryId)
    const http = makeHttpClient({ clock, logger, callSeconds, turns, tls: { caFile }, proxy, insecureHttp })
    const validateCredential = makeLoginCheck({ http, clock, registryUrl, insecureHttp })
    const bcrypt = makeTokenHashes()
    return {
      client: makeDistributionClient({ ...dependencies, config, files, bcrypt, validateCredential }),
      ownedFile: realPath(config.htpasswdFile),
      fileFaults: () => [...proxyFileFaults(proxy), ...tlsFileFaults({ caFile }, { caFile: 'ca_file' }, clock.now())],
      close: async () => {
        await Promise.all([http.close(), bcrypt.close()])
      },
    }
  },
}
