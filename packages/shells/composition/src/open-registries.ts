import { makeCallBudget } from '@pull-secret/application'
import { registryDefaults } from '@pull-secret/config'
import {
  type BudgetSlices,
  type BudgetTerms,
  type CallBudget,
  type Clock,
  type Logger,
  makeRegistries,
  type Meter,
  type OpenRegistry,
  type Registries,
  type Registry,
  type RegistryClient,
} from '@pull-secret/domain'
import type { OwnCredential, TellsOwnCredentials } from '@pull-secret/registry-http'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { breakingClient } from './breaking-client.ts'
import { budgetTermsOf } from './budget-terms.ts'
import { checkedFiles, watchedFiles } from './checked-files.ts'
import { withConfiguredCapabilities } from './configured-capabilities.ts'
import { decodeSection } from './decode-section.ts'
import { measuredBudget } from './measured-budget.ts'
import { measuredClient } from './measured-client.ts'
import { type CallOutcome, healthAfter, type RegistryHealth, type ReportedHealth } from './registry-health.ts'
import type { RegistrySetup } from './registry-setup.ts'
import type { StartFault } from './start-fault.ts'

export interface OpenRegistriesDeps {
  readonly deploymentId: string
  readonly clock: Clock
  readonly logger: Logger
  readonly meter: Meter
  /** Where the processes of this deployment share the budgets of registries. */
  readonly slices: BudgetSlices
  /** What is around every call of a registry; absent: nothing. */
  readonly aroundClient?: (registryId: string, client: RegistryClient) => RegistryClient
}

export interface OpenedRegistries {
  readonly registries: Registries
  /** How the last call to each registry went. Asks nobody. */
  readonly states: () => ReadonlyArray<ReportedHealth>
  /** What the service shows the vendors, as far as it is known when it expires. Reads the files. */
  readonly ownCredentials: () => ReadonlyArray<OwnCredential & { readonly registryId: string }>
  readonly close: () => Promise<void>
}

interface Opened {
  readonly registry: Registry
  readonly open: OpenRegistry & Partial<TellsOwnCredentials>
  readonly state: () => Omit<ReportedHealth, 'registryId'>
}

/** For a registry whose vendor limits nobody. */
const everyTurn: CallBudget = { turn: () => TE.right(undefined) }

const nothingAround = (_registryId: string, client: RegistryClient): RegistryClient => client

interface Turns {
  readonly turns: CallBudget
  readonly secondsUntilTurn?: Registry['secondsUntilTurn']
}

const turnsOf = (registryId: string, terms: BudgetTerms | undefined, deps: OpenRegistriesDeps): Turns => {
  if (terms === undefined) return { turns: everyTurn }
  const queue = makeCallBudget({ ...deps, registryId, terms })
  return {
    turns: measuredBudget(queue, { ...deps, registryId, terms }),
    secondsUntilTurn: queue.secondsUntilTurn('interactive'),
  }
}

const openOne = (
  setup: RegistrySetup,
  field: string,
  deps: OpenRegistriesDeps,
): E.Either<ReadonlyArray<StartFault>, Opened> => {
  const { id, adapter, enabled = true } = setup
  const { aroundClient = nothingAround } = deps
  const { leaseSeconds = registryDefaults.leaseSeconds, callSeconds = registryDefaults.callSeconds } = setup
  const decoded = decodeSection(setup, field)
  if (E.isLeft(decoded)) return decoded
  const config = decoded.right
  const terms = budgetTermsOf(setup, field)
  if (E.isLeft(terms)) return E.left([terms.left])
  const { turns, secondsUntilTurn } = turnsOf(id, terms.right, deps)
  const open: Opened['open'] = adapter.open(config, {
    registryId: id,
    deploymentId: deps.deploymentId,
    clock: deps.clock,
    logger: deps.logger,
    caFile: setup.caFile,
    proxy: setup.proxy,
    callSeconds,
    turns,
  })
  const watchFiles = watchedFiles(open, deps.logger, id)
  let state: RegistryHealth = { kind: 'unknown' }
  const onOutcome = (outcome: CallOutcome): void => {
    state = healthAfter(state, outcome)
    watchFiles(state)
  }
  let isCircuitOpen = false
  const onCircuit = (isOpen: boolean): void => {
    isCircuitOpen = isOpen
    deps.meter.set('registry_circuit_open', isOpen ? 1 : 0, { registry: id })()
    if (isOpen) deps.logger.log('warn', 'a registry fails again and again, and is asked rarely now', { registry: id })()
    else deps.logger.log('info', 'a registry answers again', { registry: id })()
  }
  deps.meter.set('registry_circuit_open', 0, { registry: id })()
  const checked = checkedFiles(open)
  // A file of ours has no vendor that could need a rest.
  const client = open.client.capabilities.sharedObject
    ? checked
    : breakingClient(checked, { clock: deps.clock, onChange: onCircuit })
  const registry: Registry = {
    id,
    type: adapter.type,
    enabled,
    required: setup.required ?? adapter.requiredByDefault,
    email: setup.email,
    leaseSeconds,
    hosts: [...(setup.hosts ?? adapter.hosts(config)), ...(setup.aliases ?? adapter.aliases(config))],
    client: measuredClient(aroundClient(id, withConfiguredCapabilities(client, setup)), {
      registryId: id,
      clock: deps.clock,
      meter: deps.meter,
      onOutcome,
    }),
    budget: terms.right,
    secondsUntilTurn,
    isCircuitOpen: () => isCircuitOpen,
  }
  return E.right({ registry, open, state: () => ({ state, isCircuitOpen }) })
}

const doubled = (values: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
]

const faultsBetween = (
  setups: ReadonlyArray<RegistrySetup>,
  opened: ReadonlyArray<Opened>,
): ReadonlyArray<StartFault> =>
  [
    ...doubled(setups.map(({ id }) => id)).map((id) => `two registries have the id ${id}`),
    ...doubled(opened.flatMap(({ registry }) => registry.hosts)).map((host) => `two registries serve the host ${host}`),
    ...doubled(opened.flatMap(({ open }) => open.ownedFile ?? [])).map(
      (file) => `two registries write the file ${file}, and each would remove what the other put there`,
    ),
  ].map((message) => ({ field: 'registries', message }))

const closeAll = async (opened: ReadonlyArray<Opened>): Promise<void> => {
  await Promise.all(opened.map(({ open }) => open.close()))
}

/** Opens every registry, or says everything that is wrong with their sections. */
export const openRegistries = async (
  setups: ReadonlyArray<RegistrySetup>,
  deps: OpenRegistriesDeps,
): Promise<E.Either<ReadonlyArray<StartFault>, OpenedRegistries>> => {
  const results = setups.map((setup, index) => openOne(setup, `registries.${String(index)}`, deps))
  const opened = results.flatMap((result) => (E.isRight(result) ? [result.right] : []))
  const faults: ReadonlyArray<StartFault> = [
    ...results.flatMap((result) => (E.isLeft(result) ? result.left : [])),
    ...faultsBetween(setups, opened),
  ]
  if (faults.length > 0) {
    await closeAll(opened)
    return E.left(faults)
  }
  return E.right({
    registries: makeRegistries(opened.map(({ registry }) => registry)),
    states: () => opened.map(({ registry, state }) => ({ registryId: registry.id, ...state() })),
    ownCredentials: () =>
      opened.flatMap(({ registry, open: { ownCredentials = () => [] } }) =>
        ownCredentials().map((credential) => ({ ...credential, registryId: registry.id })),
      ),
    close: () => closeAll(opened),
  })
}
