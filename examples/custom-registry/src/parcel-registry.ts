import type { RegistryAdapter } from '@pull-secret/domain'
import { makeHttpClient, makeSecretFile, secretFileFaults, tlsFileFaults } from '@pull-secret/registry-http'
import { makeParcelClient } from './parcel-client.ts'
import { decodeParcelConfig, type ParcelConfig } from './parcel-config.ts'

export const parcelRegistry: RegistryAdapter<ParcelConfig> = {
  type: 'parcel',
  requiredByDefault: false,
  decodeConfig: decodeParcelConfig,
  hosts: ({ baseUrl }) => [new URL(baseUrl).host],
  aliases: () => [],
  open: (config, dependencies) => {
    const { clock, logger, callSeconds, turns, caFile } = dependencies
    const http = makeHttpClient({ clock, logger, callSeconds, turns, tls: { caFile } })
    return {
      client: makeParcelClient({ ...dependencies, config, http, token: makeSecretFile(config.tokenFile) }),
      fileFaults: () => [
        ...secretFileFaults('token_file', config.tokenFile),
        ...tlsFileFaults({ caFile }, { caFile: 'ca_file' }, clock.now()),
      ],
      close: http.close,
    }
  },
}
