import type { RegistryAdapter } from '@pull-secret/domain'
import { makeHttpClient } from '@pull-secret/registry-http'
import { makeRhitClient } from './rhit-client.ts'
import { decodeRhitConfig, type RhitConfig } from './rhit-config.ts'

/** Service accounts of one Red Hat partner, for registry.redhat.io. */
export const rhitRegistry: RegistryAdapter<RhitConfig> = {
  type: 'rhit',
  requiredByDefault: true,
  decodeConfig: decodeRhitConfig,
  hosts: ({ registryUrl }) => [new URL(registryUrl).host],
  // One account opens both of Red Hat's registries.
  aliases: () => ['registry.connect.redhat.com'],
  open: (config, dependencies) => {
    const { clock, logger, callSeconds, caFile } = dependencies
    const { certificateFile, keyFile } = config
    const management = makeHttpClient({
      clock,
      logger,
      callSeconds,
      tls: { caFile: config.caFile ?? caFile, certificateFile, keyFile },
    })
    const login = makeHttpClient({ clock, logger, callSeconds, tls: { caFile } })
    return {
      client: makeRhitClient({ ...dependencies, config, management, login }),
      close: async () => {
        await Promise.all([management.close(), login.close()])
      },
    }
  },
}
