import { type Identity, makeCertificateAuthority } from '../certificates/certificate-authority.ts'
import { type RhitSimulator, startRhitSimulator } from '../rhit/start-rhit-simulator.ts'
import { type Call, call, type Reply } from './call.ts'

export const partnerCode = 'hyperfleet'
export const times = { now: new Date(), lifetimeDays: 1 }

export interface RhitWorld {
  simulator: RhitSimulator
  authority: string
  server: Identity
  client: Identity
  stranger: Identity
  otherPartner: Identity
  /** A call with the partner's certificate, or another identity, on a path below the partner's accounts. */
  ask: (method: string, path: string, body?: unknown, identity?: Identity | null) => Promise<Reply>
  /** A call to the docker login side, without a client certificate. */
  askRegistry: (path: string, options?: Call) => Promise<Reply>
}

/** Certificates are made once a suite, the simulator for every spec. */
export const useRhit = ({ stateFile }: { stateFile?: () => string } = {}): RhitWorld => {
  const world = {
    ask: (method: string, path: string, body?: unknown, identity: Identity | null = world.client) =>
      call(`${world.simulator.url}/v1/partners/${partnerCode}/service-accounts${path}`, {
        method,
        body,
        tls: { ca: world.authority, ...(identity === null ? {} : { cert: identity.certificate, key: identity.key }) },
      }),
    askRegistry: (path: string, options: Call = {}) =>
      call(`${world.simulator.registryUrl}${path}`, { tls: { ca: world.authority }, ...options }),
  } as RhitWorld
  before(async () => {
    const authority = await makeCertificateAuthority('Specs', times)
    world.authority = authority.identity.certificate
    world.server = await authority.issueServer()
    world.client = await authority.issueClient(partnerCode)
    world.otherPartner = await authority.issueClient('another-partner')
    world.stranger = await (await makeCertificateAuthority('Specs', times)).issueClient(partnerCode)
  })
  beforeEach(async () => {
    world.simulator = await startRhitSimulator({
      partnerCode,
      ...world.server,
      clientAuthority: world.authority,
      ...(stateFile === undefined ? {} : { stateFile: stateFile() }),
    })
  })
  afterEach(() => world.simulator.close())
  return world
}
