import { type Clock, type CredentialLedger, makeRegistries, type Registry } from '@pull-secret/domain'
import { now } from '@pull-secret/domain/testing'
import {
  type InMemoryVendor,
  makeInMemoryCipher,
  makeInMemoryDigest,
  makeInMemoryIds,
  makeInMemoryLedger,
  makeInMemoryRegistryClient,
  makeInMemoryVendor,
  makeLedgerTables,
  makeSilentLogger,
  makeSilentMeter,
  quayLike,
  rhitLike,
  type VendorBehaviour,
} from '@pull-secret/in-memory'
import { makeUseCases, type Ports } from '../src/index.ts'

export interface VendorSetup {
  readonly id: string
  readonly behaviour: VendorBehaviour
  readonly required?: boolean
  readonly enabled?: boolean
  /** Wraps the client, to inject what a vendor may do. */
  readonly through?: (client: Registry['client']) => Registry['client']
}

/** Time that moves only when told, or when everybody sleeps: then it jumps to the first to wake. */
export const makeManualClock = () => {
  let elapsed = 0
  let sleepers: ReadonlyArray<{ readonly wakesAt: number; readonly wake: () => void }> = []
  const wakeFirst = (): void => {
    const [first, ...others] = [...sleepers].sort((one, other) => one.wakesAt - other.wakesAt)
    if (first === undefined) return
    sleepers = others
    elapsed = Math.max(elapsed, first.wakesAt)
    first.wake()
  }
  const sleep: Clock['sleep'] = (milliseconds) => () =>
    new Promise((wake) => {
      sleepers = [
        ...sleepers,
        {
          wakesAt: elapsed + milliseconds,
          wake: () => {
            wake()
          },
        },
      ]
      setImmediate(wakeFirst)
    })
  const clock: Clock = { now: () => now + elapsed, monotonic: () => elapsed, sleep, alarm: sleep }
  return {
    clock,
    advance: (milliseconds: number) => {
      elapsed += milliseconds
    },
  }
}

export const quayAndRhit: ReadonlyArray<VendorSetup> = [
  { id: 'quay', behaviour: quayLike, required: true },
  { id: 'rhit', behaviour: rhitLike, required: true },
]

/** The use cases as production wires them, on in-memory parts. */
export const makeWorld = (setups: ReadonlyArray<VendorSetup> = quayAndRhit) => {
  const { clock, advance } = makeManualClock()
  const ids = makeInMemoryIds()
  const cipher = makeInMemoryCipher()
  const digest = makeInMemoryDigest()
  const tables = makeLedgerTables()
  const parts = makeInMemoryLedger({ tables, clock })
  const vendors: Record<string, InMemoryVendor> = Object.fromEntries(
    setups.map((setup) => [setup.id, makeInMemoryVendor(setup.behaviour)]),
  )
  const registries = makeRegistries(
    setups.map(({ id, required = false, enabled = true, through = (client) => client }): Registry => ({
      id,
      type: id,
      enabled,
      required,
      hosts: [`${id}.example.com`],
      leaseSeconds: 30,
      client: through(makeInMemoryRegistryClient({ vendor: vendors[id] ?? makeInMemoryVendor(quayLike), clock, ids })),
    })),
  )
  const ports: Ports = {
    ...parts,
    registries,
    cipher,
    digest,
    ids,
    clock,
    logger: makeSilentLogger(),
    meter: makeSilentMeter(),
    deploymentId: 'test',
    keyChecks: [],
    recoveryBatchSize: 20,
  }
  return {
    clock,
    advance,
    tables,
    vendors,
    registries,
    ...parts,
    ...makeUseCases(ports),
    over: (ledger: CredentialLedger) => makeUseCases({ ...ports, ledger }),
  }
}
