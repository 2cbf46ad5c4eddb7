import type { RegistryAdapter } from '@pull-secret/domain'
import {
  makeHttpClient,
  makeSecretFile,
  ownToken,
  proxyFileFaults,
  secretFileFaults,
  tlsFileFaults,
  warnOfClearText,
} from '@pull-secret/registry-http'
import { makeQuayClient } from './quay-client.ts'
import { decodeQuayConfig, type QuayConfig } from './quay-config.ts'

/** Robots of one organisation at quay.io or at a Red Hat Quay. */
export const quayRegistry: RegistryAdapter<QuayConfig> = {
  type: 'quay',
  requiredByDefault: true,
  decodeConfig: decodeQuayConfig,
  hosts: ({ baseUrl }) => [new URL(baseUrl).host],
  // As in the platform's pull secrets; what OpenShift makes of this entry is in the README.
  aliases: () => ['cloud.openshift.com'],
  open: (config, dependencies) => {
    const { registryId, clock, logger, callSeconds, turns, caFile, proxy } = dependencies
    const { insecureHttp } = config
    warnOfClearText({ base_url: config.baseUrl }, logger, registryId)
    const http = makeHttpClient({ clock, logger, callSeconds, turns, tls: { caFile }, proxy, insecureHttp })
    return {
      client: makeQuayClient({ ...dependencies, config, http, token: makeSecretFile(config.tokenFile) }),
      fileFaults: () => [
        ...proxyFileFaults(proxy),
        ...secretFileFaults('token_file', config.tokenFile),
        ...tlsFileFaults({ caFile }, { caFile: 'ca_file' }, clock.now()),
      ],
      ownCredentials: () => ownToken(config.tokenFile),
      close: http.close,
    }
  },
}
