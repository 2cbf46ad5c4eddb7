import type { RegistryAdapter } from '@pull-secret/domain'
import {
  makeHttpClient,
  makeSecretFile,
  proxyFileFaults,
  secretFileFaults,
  tlsFileFaults,
} from '@pull-secret/registry-http'
import { makeParcelClient } from './parcel-client.ts'
import { decodeParcelConfig, type ParcelConfig } from './parcel-config.ts'

export const parcelRegistry: RegistryAdapter<ParcelConfig> = {
  type: 'parcel',
  requiredByDefault: false,
  decodeConfig: decodeParcelConfig,
  hosts: ({ baseUrl }) => [new URL(baseUrl).host],
  aliases: () => [],
  open: (config, dependencies) => {
    const { clock, logger, callSeconds, turns, caFile, proxy } = dependencies
    const http = makeHttpClient({ clock, logger, callSeconds, turns, tls: { caFile }, proxy })
    return {
      client: makeParcelClient({ ...dependencies, config, http, token: makeSecretFile(config.tokenFile) }),
      fileFaults: () => [
        ...proxyFileFaults(proxy),
        ...secretFileFaults('token_file', config.tokenFile),
        ...tlsFileFaults({ caFile }, { caFile: 'ca_file' }, clock.now()),
      ],
      close: http.close,
    }
  },
}
