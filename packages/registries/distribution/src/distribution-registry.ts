import * as files from 'node:fs/promises'
import type { RegistryAdapter } from '@pull-secret/domain'
import { makeHttpClient, makeLoginCheck } from '@pull-secret/registry-http'
import { makeDistributionClient } from './distribution-client.ts'
import { decodeDistributionConfig, type DistributionConfig } from './distribution-config.ts'

/** A CNCF Distribution registry whose `auth.htpasswd` file this service writes. */
export const distributionRegistry: RegistryAdapter<DistributionConfig> = {
  type: 'distribution',
  requiredByDefault: false,
  decodeConfig: decodeDistributionConfig,
  hosts: ({ registryUrl }) => [new URL(registryUrl).host],
  aliases: () => [],
  open: (config, dependencies) => {
    const { clock, logger, callSeconds, caFile } = dependencies
    const http = makeHttpClient({ clock, logger, callSeconds, tls: { caFile } })
    const validateCredential = makeLoginCheck({ http, clock, registryUrl: config.registryUrl })
    return {
      client: makeDistributionClient({ ...dependencies, config, files, validateCredential }),
      close: http.close,
    }
  },
}
