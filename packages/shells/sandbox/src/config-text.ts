import type { RegistryPorts } from './ports.ts'
import type { SandboxFiles } from './sandbox-files.ts'
import type { SandboxAccess } from './start-options.ts'

export interface ConfigTextInput {
  readonly files: SandboxFiles
  readonly ports: RegistryPorts
  readonly port: number
  readonly metricsPort: number
  readonly access: SandboxAccess
  readonly certificates: { readonly authorityFile: string; readonly clientFile: string; readonly clientKeyFile: string }
}

/** What the simulators and the configuration must agree on. */
export const vendor = {
  organization: 'redhat-openshift',
  team: 'hyperfleet-installers',
  partnerCode: 'hyperfleet',
} as const

const quoted = (text: string): string => JSON.stringify(text)

const local = (scheme: 'http' | 'https', port: number): string => quoted(`${scheme}://127.0.0.1:${String(port)}`)

const accessText = (access: SandboxAccess, files: SandboxFiles): string =>
  access === 'static'
    ? `  tokens_file: ${quoted(files.accessTokens)}`
    : `  kubernetes:\n    kubeconfig_file: ${quoted(files.kubeconfig)}`

/**
 * The service's configuration file. `executes_once` is true throughout: nothing stands between it and the simulators.
 * Quay's budget is what quay.io allows an address.
 */
export const configText = ({
  files,
  ports,
  port,
  metricsPort,
  access,
  certificates,
}: ConfigTextInput): string => `# Written at every start of the sandbox; changes are lost.
deployment:
  id: sandbox
  sandbox: true
server:
  host: 127.0.0.1
  port: ${String(port)}
  metrics_port: ${String(metricsPort)}
database:
  url_file: ${quoted(files.databaseUrl)}
  tls:
    mode: disable
encryption:
  key_ring_file: ${quoted(files.keyRing)}
access:
  type: ${access}
${accessText(access, files)}
rate_limits: # ten times the default: whoever tries something out is one caller
  standard: { per_minute: 1000, per_second: 200 }
registries:
  - id: quay
    type: quay
    executes_once: true
    budget:
      per_minute: 300
      burst: 25
    config:
      base_url: ${local('http', ports.quay)}
      organization: ${vendor.organization}
      team: ${vendor.team}
      token_file: ${quoted(files.quayToken)}
  - id: rhit
    type: rhit
    executes_once: true
    ca_file: ${quoted(certificates.authorityFile)}
    config:
      base_url: ${local('https', ports.rhit)}
      partner_code: ${vendor.partnerCode}
      cert: ${quoted(certificates.clientFile)}
      key: ${quoted(certificates.clientKeyFile)}
      registry_url: ${local('https', ports.rhitRegistry)}
  - id: distribution
    type: distribution
    required: false
    executes_once: true
    config:
      registry_url: ${local('http', ports.distribution)}
      htpasswd_file: ${quoted(files.htpasswd)}
`
