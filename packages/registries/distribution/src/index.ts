import * as files from 'node:fs/promises'
import type { RegistryAdapter } from '@pull-secret/domain'
import { makeHttpClient, makeLoginCheck } from '@pull-secret/registry-http'
import { makeDistributionClient } from './distribution-client.ts'
import { decodeDistributionConfig, type DistributionConfig } from './distribution-config.ts'

export type { DistributionConfig }

/** A CNCF Distribution registry whose `auth.htpasswd` file this service writes. */
export const distributionRegistry: RegistryAdapter<DistributionConfig> = {
  type: 'distribution',
  requiredByDefault: false,
  decodeConfig: decodeDistributionConfig,
  hosts: ({ registry_url }) => [new URL(registry_url).host],
  aliases: () => [],
  open: ({ registry_url, htpasswd_file }, dependencies) => {
    const { clock, logger, callSeconds, caFile } = dependencies
    const http = makeHttpClient({ clock, logger, callSeconds, tls: caFile === undefined ? {} : { caFile } })
    const validateCredential = makeLoginCheck({ http, clock, registryUrl: registry_url })
    return {
      client: makeDistributionClient({ ...dependencies, file: htpasswd_file, files, validateCredential }),
      close: http.close,
    }
  },
}
