import { type ControlDeps, makeSimulatorControl } from '../control/simulator-control.ts'
import { type FaultControl, makeFaultControl } from '../faults/fault-control.ts'
import { makeHolds } from '../faults/holds.ts'
import type { SimulatedAnswer } from './answer.ts'
import { type Listener, type ListenerTls, startListener } from './listener.ts'
import { makeOperationCounts, type OperationCount } from './operation-counts.ts'
import { makeResponder } from './responder.ts'
import type { Route } from './route.ts'

/** What every simulator can be told. */
export interface SimulatorOptions {
  /** Default 127.0.0.1. */
  host?: string
  /** Default 0: any free port. */
  port?: number
  /**
   * Objects are kept here over restarts and kills, written before a changing answer is sent. Holds tokens: mode 0600.
   */
  stateFile?: string
  /** Added to every vendor call, before it takes effect. Default 0. */
  latencyMilliseconds?: number
  /** Seed of faults with a probability. Default 1. */
  faultSeed?: number
}

/** What every running simulator offers. */
export interface Simulator {
  /** Origin of the vendor's API. */
  url: string
  port: number
  faults: FaultControl
  /** Counts per operation, of every operation the simulator has. */
  stats: () => Record<string, OperationCount>
  close: () => Promise<void>
}

export interface ListenerPlan {
  port: number
  tls?: ListenerTls | undefined
  /** Knows the listener's own URL only when a request comes. */
  routes: (url: () => string) => ReadonlyArray<Route>
  servesControl: boolean
}

/** Runs listeners that share faults, counts and control. */
export const startRuntime = async (
  { host = '127.0.0.1', latencyMilliseconds = 0, faultSeed = 1 }: SimulatorOptions,
  {
    plans,
    unrouted,
    ...own
  }: {
    plans: ReadonlyArray<ListenerPlan>
    unrouted: (why: 'unknown' | 'otherMethod') => SimulatedAnswer
  } & Pick<ControlDeps, 'describeState' | 'setAdministratorToken'>,
): Promise<{ listeners: ReadonlyArray<Listener> } & Pick<Simulator, 'faults' | 'stats' | 'close'>> => {
  const listeners: Array<Listener> = []
  const holds = makeHolds()
  const latency = makeHolds()
  const routesOf = plans.map(({ routes }, index) => routes(() => listeners[index]?.url ?? ''))
  const operations = routesOf.flatMap((routes) => routes.map(({ operation }) => operation))
  const counts = makeOperationCounts(operations)
  const faults = makeFaultControl({ operations, seed: faultSeed, holds })
  const control = makeSimulatorControl({ faults, counts, ...own })

  const close = async () => {
    holds.close()
    latency.close()
    await Promise.all(listeners.map((listener) => listener.close()))
  }

  try {
    for (const [index, { port, tls, servesControl }] of plans.entries()) {
      const shared = { unrouted, faults, holds, latency, latencyMilliseconds, counts }
      const routes = routesOf[index] as ReadonlyArray<Route>
      const respond = makeResponder({ routes, ...shared, ...(servesControl ? { control } : {}) })
      listeners.push(await startListener({ host, port, tls, respond }))
    }
  } catch (error) {
    await close()
    throw error
  }
  return { listeners, faults, stats: () => counts.read(), close }
}
