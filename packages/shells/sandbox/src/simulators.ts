import {
  type QuaySimulator,
  type RhitSimulator,
  type SandboxCertificates,
  startQuaySimulator,
  startRhitSimulator,
} from '@pull-secret/registry-simulators'
import { vendor } from './config-text.ts'
import { keptText } from './kept-text.ts'
import type { RegistryPorts } from './ports.ts'
import type { SandboxFiles } from './sandbox-files.ts'

export interface SimulatorsInput {
  readonly files: SandboxFiles
  readonly ports: RegistryPorts
  readonly quayToken: string
  readonly certificates: SandboxCertificates
}

/** The same file, once it is certain that it is absent or can be read. */
const readable = (file: string): string => {
  keptText(file)
  return file
}

/** An organization without robots at first; later with everything it ever answered. */
export const startQuay = ({ files, ports, quayToken }: SimulatorsInput): Promise<QuaySimulator> =>
  startQuaySimulator({
    organization: vendor.organization,
    administratorTokens: [quayToken],
    port: ports.quay,
    stateFile: readable(files.quayState),
  })

/** The partner, whose calls need the client certificate of the sandbox. */
export const startRhit = ({ files, ports, certificates }: SimulatorsInput): Promise<RhitSimulator> =>
  startRhitSimulator({
    partnerCode: vendor.partnerCode,
    certificate: certificates.server.certificate,
    key: certificates.server.key,
    clientAuthority: certificates.authority.certificate,
    port: ports.rhit,
    registryPort: ports.rhitRegistry,
    stateFile: readable(files.rhitState),
  })
