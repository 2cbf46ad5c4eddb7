import {
  makeDeletePullSecret, makeGeneratePullSecret, makeObtainCredential, makeRecover, makeReportOutcome, makeRetrievePullSecret, makeRevokeCredential, makeWithSharedContent,
  type DeletePullSecret, type GeneratePullSecret, type Recover, type RetrievePullSecret,
} from '@pull-secret/application'
import { makeRegistries, type Clock, type Ids, type Logger, type Registry } from '@pull-secret/domain'
import {
  makeInMemoryCipher, makeInMemoryDigest, makeInMemoryLedger, makeInMemoryRegistryClient, makeInMemoryVendor, makeLedgerTables, makeSilentLogger, makeSilentMeter,
  type InMemoryVendor, type LedgerTables, type VendorBehaviour,
} from '@pull-secret/in-memory'
import { makeReplica, type Replica } from './replica.ts'
import { makeSimulatedClient } from './simulated-client.ts'
import { makeSimulatedLedger } from './simulated-ledger.ts'
import type { Network } from './wire-call.ts'

export interface VendorPlan {
  readonly id: string
  readonly behaviour: VendorBehaviour
  readonly required: boolean
}

/** One process of the service, with the application's own code inside. */
export interface Service {
  readonly replica: Replica
  readonly generate: GeneratePullSecret
  readonly retrieve: RetrievePullSecret
  readonly remove: DeletePullSecret
  readonly recover: Recover
}

export interface Fleet {
  readonly tables: LedgerTables
  readonly vendors: ReadonlyMap<string, InMemoryVendor>
  /** Wall-clock time of ledger and vendors. */
  readonly clock: Clock
  readonly start: (name: string, skewMilliseconds: number) => Service
}

export const epoch = Date.parse('2026-03-01T12:00:00Z')
const leaseSeconds = 30

const idsFrom = ({ random }: Network): Ids => ({
  uuid: () => `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`,
  entropy: () => random.hex(32),
  secret: () => `secret-${random.hex(24)}`,
})

/** The shared world (database, vendors, time) and as many replicas of the service as are started in it. */
export const makeFleet = (network: Network, plans: ReadonlyArray<VendorPlan>, onBug: (bug: unknown) => void): Fleet => {
  const { scheduler } = network
  const clockWith = (skewMilliseconds: number): Clock => ({
    now: () => epoch + scheduler.now() + skewMilliseconds,
    monotonic: scheduler.now,
    sleep: (milliseconds) => () => scheduler.sleep(milliseconds),
    alarm: (milliseconds) => () => scheduler.sleep(milliseconds),
  })
  const trueClock = clockWith(0)
  const ids = idsFrom(network)
  const tables = makeLedgerTables()
  const parts = makeInMemoryLedger({ tables, clock: trueClock })
  const vendors = new Map(plans.map((plan) => [plan.id, makeInMemoryVendor(plan.behaviour)]))
  const cipher = makeInMemoryCipher()
  const digest = makeInMemoryDigest()
  /** What the application logs as an error is a bug here. */
  const logger: Logger = { log: (level, message) => () => { if (level === 'error') onBug(new Error(message)) } }
  const report = makeReportOutcome({ logger: makeSilentLogger(), meter: makeSilentMeter() })

  const start = (name: string, skewMilliseconds: number): Service => {
    const replica = makeReplica(name)
    const clock = clockWith(skewMilliseconds)
    const ledger = makeSimulatedLedger(network, replica, parts)
    const registries = makeRegistries(plans.map(({ id, required }): Registry => {
      const vendor = vendors.get(id) as InMemoryVendor
      const client = makeInMemoryRegistryClient({ vendor, clock: trueClock, ids })
      return { id, type: id, enabled: true, required, hosts: [`${id}.example.com`], leaseSeconds, client: makeSimulatedClient(network, replica, vendor, client) }
    }))
    const withSharedContent = makeWithSharedContent({ ...ledger, cipher, clock })
    const vendorDeps = { ...ledger, registries, cipher, withSharedContent, report, logger, deploymentId: 'simulated' }
    const deps = { ...ledger, registries, cipher, digest, clock, ids, obtain: makeObtainCredential(vendorDeps), revoke: makeRevokeCredential(vendorDeps) }
    return {
      replica,
      generate: makeGeneratePullSecret(deps),
      retrieve: makeRetrievePullSecret(deps),
      remove: makeDeletePullSecret(deps),
      recover: makeRecover({ ...deps, logger, batchSize: 20 }),
    }
  }
  return { tables, vendors, clock: trueClock, start }
}
