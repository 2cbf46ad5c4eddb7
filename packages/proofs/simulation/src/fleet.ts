import { makeCallBudget, makeUseCases, type UseCases } from '@pull-secret/application'
import {
  bucketTermsOf,
  type BudgetSlices,
  type BudgetTerms,
  type Clock,
  type Ids,
  type Logger,
  makeRegistries,
  type Meter,
  type MeterLabels,
  type Registry,
  type StoredBudget,
} from '@pull-secret/domain'
import {
  type LedgerTables,
  makeInMemoryBudgetSlices,
  makeInMemoryDigest,
  makeInMemoryLedger,
  makeLedgerTables,
} from '@pull-secret/in-memory'
import { type Configuration, configured, type ConfiguredRegistry, type SimulatedRegistry } from './configuration.ts'
import { tokenPrefix } from './leaks.ts'
import { makeLedgerNotes } from './ledger-notes.ts'
import type { Replica } from './replica.ts'
import type { Scheduler } from './scheduler.ts'
import { makeSimulatedCipher } from './simulated-cipher.ts'
import { clockOf, epoch, makeSimulatedClock } from './simulated-clock.ts'
import { makeSimulatedDatabase, type SimulatedDatabase } from './simulated-database.ts'
import { makeSimulatedLedger } from './simulated-ledger.ts'
import { makeVaultCipher } from './vault-cipher.ts'
import { makeImaginaryAdapter } from './vendors/imaginary-adapter.ts'
import type { ImaginaryVendor } from './vendors/imaginary-vendor.ts'
import { makeSpentCalls, type SpentCalls } from './vendors/spent-calls.ts'
import type { Network } from './wire-call.ts'

/** The application's own code in one process. */
export interface Service extends Pick<
  UseCases,
  'start' | 'generate' | 'retrieve' | 'remove' | 'ban' | 'unban' | 'recover'
> {
  readonly replica: Replica
  readonly registries: ReadonlyArray<ConfiguredRegistry>
}

/** One deployment of the service: its database, its registries, and whatever processes serve it. */
export interface Fleet {
  readonly deploymentId: string
  readonly database: SimulatedDatabase
  readonly tables: LedgerTables
  readonly registries: ReadonlyArray<SimulatedRegistry>
  /** What it sent to vendors with a limit. */
  readonly spentCalls: ReadonlyMap<ImaginaryVendor, SpentCalls>
  /** A process, as one operation finds it. */
  readonly serve: (process: Process, network: Network) => Service
}

/** A replica, the clock of the machine it runs on, and what it was told when it started. */
export interface Process {
  readonly replica: Replica
  readonly skewMilliseconds: number
  readonly configuration: Configuration
}

export interface FleetOptions {
  readonly scheduler: Scheduler
  readonly deploymentId: string
  readonly registries: ReadonlyArray<SimulatedRegistry>
  /** Its part of the vendors' limits. */
  readonly share: number
  readonly onBug: (bug: unknown) => void
  /** Hears whatever the service logs and measures. */
  readonly overhear: (text: string) => void
  /** Has somebody else take a name at a vendor. */
  readonly takeName: (vendor: ImaginaryVendor, vendorName: string) => void
  /** Has a person change the description of what was handed out under a name, or of any where `name` is absent. */
  readonly editMarker: (vendor: ImaginaryVendor, name?: string) => void
}

const leaseSeconds = 30

const idsFrom = ({ random }: Network): Ids => ({
  uuid: () => `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`,
  entropy: () => random.hex(32),
  secret: () => `${tokenPrefix}${random.hex(24)}`,
})

export const makeFleet = (options: FleetOptions): Fleet => {
  const { scheduler, deploymentId, share, onBug, overhear, takeName, editMarker } = options
  const tables = makeLedgerTables()
  const spentCalls = new Map<ImaginaryVendor, SpentCalls>()
  /** The database's clock is believed: by its reckoning, what takes its time at a vendor has had it. */
  const database = makeSimulatedDatabase(scheduler, () => {
    for (const { vendors } of options.registries)
      vendors().forEach((vendor) => {
        vendor.catchUp()
      })
    spentCalls.forEach((spent) => {
      spent.clockJumpedAhead()
    })
  })
  const parts = makeInMemoryLedger({ tables, clock: database.clock })
  const slices = makeInMemoryBudgetSlices({ budgets: new Map<string, StoredBudget>(), clock: database.clock })
  const around = { takeName, editMarker, passedSince: database.passedSince }
  const notes = makeLedgerNotes(tables)
  const sealing = makeVaultCipher()
  const digest = makeInMemoryDigest()
  /** What the application logs as an error is a bug here. */
  const logger: Logger = {
    log: (level, message, fields) => () => {
      overhear(`${message} ${JSON.stringify(fields)}`)
      if (level === 'error') onBug(new Error(message))
    },
  }
  const measure = (name: string, labels: MeterLabels) => (): void => {
    overhear(`${name} ${JSON.stringify(labels)}`)
  }
  const meter: Meter = {
    count: measure,
    observe: (name, _value, labels) => measure(name, labels),
    set: (name, _value, labels) => measure(name, labels),
  }

  const spentAt = (vendor: ImaginaryVendor, terms: BudgetTerms): SpentCalls => {
    const spent = spentCalls.get(vendor) ?? makeSpentCalls(bucketTermsOf(terms), scheduler.now)
    spentCalls.set(vendor, spent)
    return spent
  }
  const budgetAt = ({ knobs: { limit } }: ImaginaryVendor): BudgetTerms | undefined =>
    limit === undefined ? undefined : { ...limit, share }
  /** Each operation waits in a queue of its own, as if it were a process of its own. */
  const limitAt = (registryId: string, vendor: ImaginaryVendor, by: { slices: BudgetSlices; clock: Clock }) => {
    const terms = budgetAt(vendor)
    return terms === undefined
      ? undefined
      : { turns: makeCallBudget({ ...by, registryId, terms, logger }), spent: spentAt(vendor, terms) }
  }

  const serve: Fleet['serve'] = ({ replica, skewMilliseconds, configuration }, network) => {
    const ids = idsFrom(network)
    const clock = clockOf(makeSimulatedClock(scheduler, skewMilliseconds), replica)
    const ledger = makeSimulatedLedger({ network, replica, parts, slices, notes, database, onBug })
    const cipher = makeSimulatedCipher(network, sealing)
    const told = options.registries.map((registry, index) => configured(registry, index, configuration))
    const registries = makeRegistries(
      told.map(({ id, enabled, required, hosts, ...behind }): Registry => ({
        id,
        type: id,
        enabled,
        required,
        hosts,
        leaseSeconds,
        budget: budgetAt(behind.vendor),
        client: makeImaginaryAdapter({
          ...around,
          network,
          replica,
          registryId: id,
          epoch,
          limit: limitAt(id, behind.vendor, { slices: ledger.slices, clock }),
          ...behind,
        }),
      })),
    )
    const { register, replicas, fleet } = parts
    const ports = { ...ledger, register, replicas, fleet, registries, cipher, digest, ids, clock, logger, meter }
    return {
      replica,
      registries: told,
      ...makeUseCases({ ...ports, deploymentId, keyChecks: [], recoveryBatchSize: 20 }),
    }
  }
  return { deploymentId, database, tables, registries: options.registries, spentCalls, serve }
}
