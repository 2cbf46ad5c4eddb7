import { join } from 'node:path'
import { quayOrganization } from '../../stage/service-config.ts'
import type { StageFolder } from '../../stage/stage-folder.ts'
import { unlimitedCallers } from '../../stage/unlimited-callers.ts'
import type { Vendors } from './vendors.ts'

export interface ProductionConfigParts {
  readonly folder: StageFolder
  readonly vendors: Vendors
  readonly databaseUrlFile: string
  readonly port: number
  readonly access: Access
}

/** Who says who calls: a file of tokens, or the reviews of a Kubernetes API server. */
export type Access = 'static' | 'kubernetes'

/** Who asks for more than the limits of production. */
export const limitedAccount = 'system:serviceaccount:hyperfleet-system:limited-adapter'

/** Calls that hang on purpose have to go on hanging while the others are measured, and no vendor sets a pace. */
const callSeconds = 60

/**
 * The configuration file of the service under test: two vendors, one caller who is not limited and one who is, and
 * everything not named here as it is in production.
 */
export const productionConfig = ({
  folder,
  vendors: { quay, rhit },
  databaseUrlFile,
  port,
  access,
}: ProductionConfigParts): string => {
  const inFolder = (name: string): string => join(folder.path, name)
  const patience = { call_seconds: callSeconds, lease_seconds: 2 * callSeconds, budget: { per_minute: 600_000 } }
  return JSON.stringify({
    deployment: { id: 'bench', sandbox: true },
    server: { host: '127.0.0.1', port, metrics_port: 0 },
    database: { url_file: databaseUrlFile, tls: { mode: 'disable' } },
    encryption: { key_ring_file: inFolder('key-ring.json') },
    access: access === 'static' ? { type: access, tokens_file: inFolder('tokens.json') } : { type: access },
    rate_limits: {
      ...unlimitedCallers,
      subjects: [{ subject: limitedAccount, standard: { per_minute: 100, per_second: 20 } }],
    },
    registries: [
      {
        id: 'quay',
        type: 'quay',
        ...patience,
        config: { base_url: quay.url, organization: quayOrganization, token_file: inFolder('quay.token') },
      },
      {
        id: 'rhit',
        type: 'rhit',
        ...patience,
        ca_file: inFolder('authority.pem'),
        config: {
          base_url: rhit.url,
          registry_url: rhit.registryUrl,
          cert: inFolder('client.pem'),
          key: inFolder('client.key'),
        },
      },
    ],
  })
}
