import {
  type QuaySimulator,
  type RhitSimulator,
  startQuaySimulator,
  startRhitSimulator,
} from '@pull-secret/registry-simulators'
import { quayOrganization } from '../../stage/service-config.ts'
import type { StageFolder } from '../../stage/stage-folder.ts'

export interface Vendors {
  readonly quay: QuaySimulator
  readonly rhit: RhitSimulator
  readonly close: () => Promise<void>
}

/** How long each single call of a vendor takes. */
export interface Latencies {
  readonly quayMilliseconds: number
  readonly rhitMilliseconds: number
}

export const startVendors = async (
  { administratorToken, server, authority }: StageFolder,
  { quayMilliseconds, rhitMilliseconds }: Latencies = { quayMilliseconds: 0, rhitMilliseconds: 0 },
): Promise<Vendors> => {
  const quay = await startQuaySimulator({
    organization: quayOrganization,
    administratorTokens: [administratorToken],
    latencyMilliseconds: quayMilliseconds,
  })
  const rhit = await startRhitSimulator({
    partnerCode: 'hyperfleet',
    ...server,
    clientAuthority: authority,
    latencyMilliseconds: rhitMilliseconds,
  })
  return {
    quay,
    rhit,
    close: async () => {
      await Promise.all([quay.close(), rhit.close()])
    },
  }
}
