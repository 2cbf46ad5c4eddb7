import { type QuaySimulator, type QuaySimulatorOptions, startQuaySimulator } from '../quay/start-quay-simulator.ts'
import { type Call, call, type Reply } from './call.ts'

export const organization = 'acme'
export const administratorToken = 'synthetic-administrator-token'

export interface QuayWorld {
  simulator: QuaySimulator
  /** A call as administrator of the organization, on a path below it. */
  ask: (method: string, path: string, options?: Call) => Promise<Reply>
}

/** Started for every spec of a suite, stopped after it. */
export const useQuay = (options: Partial<QuaySimulatorOptions> = {}): QuayWorld => {
  const world = {
    ask: (method: string, path: string, call_: Call = {}) =>
      call(`${world.simulator.url}/api/v1/organization/${organization}${path}`, {
        method,
        headers: { authorization: `Bearer ${administratorToken}` },
        ...call_,
      }),
  } as QuayWorld
  beforeEach(async () => {
    world.simulator = await startQuaySimulator({ organization, administratorTokens: [administratorToken], ...options })
  })
  afterEach(() => world.simulator.close())
  return world
}
