import type { RegistryAdapter } from '@pull-secret/domain'
import {
  makeHttpClient,
  ownCertificate,
  proxyFileFaults,
  tlsFileFaults,
  warnOfClearText,
} from '@pull-secret/registry-http'
import { makeRhitClient } from './rhit-client.ts'
import { decodeRhitConfig, rhitAddresses, type RhitConfig } from './rhit-config.ts'

/** Service accounts of one Red Hat partner, for registry.redhat.io. */
export const rhitRegistry: RegistryAdapter<RhitConfig> = {
  type: 'rhit',
  requiredByDefault: true,
  decodeConfig: decodeRhitConfig,
  hosts: ({ registryUrl }) => [new URL(registryUrl).host],
  // One account opens both of Red Hat's registries.
  aliases: () => ['registry.connect.redhat.com'],
  open: (config, dependencies) => {
    const { registryId, clock, logger, callSeconds, turns, caFile, proxy } = dependencies
    const { certificateFile, keyFile, insecureHttp } = config
    warnOfClearText(rhitAddresses(config), logger, registryId)
    const management = makeHttpClient({
      clock,
      logger,
      callSeconds,
      turns,
      tls: { caFile: config.caFile ?? caFile, certificateFile, keyFile },
      proxy,
      insecureHttp,
    })
    const login = makeHttpClient({ clock, logger, callSeconds, turns, tls: { caFile }, proxy, insecureHttp })
    return {
      client: makeRhitClient({ ...dependencies, config, management, login }),
      fileFaults: () => [
        ...proxyFileFaults(proxy),
        ...tlsFileFaults(
          { caFile: config.caFile, certificateFile, keyFile },
          { caFile: 'ca', certificateFile: 'cert', keyFile: 'key' },
          clock.now(),
        ),
        ...tlsFileFaults({ caFile }, { caFile: 'ca_file' }, clock.now()),
      ],
      ownCredentials: () => ownCertificate(certificateFile),
      close: async () => {
        await Promise.all([management.close(), login.close()])
      },
    }
  },
}
