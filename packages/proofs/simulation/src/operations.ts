import type { Change, Setting } from './configuration.ts'
import { makeRandom, type Random, streamOf } from './random.ts'

/** What one step of a history does. Everything is said, so that steps can be left out or kept as a case. */
export type Act =
  | { readonly kind: 'generate'; readonly cluster: string }
  /** Gives a deleted id the life that the last refusal named; a plain generate where there was none. */
  | { readonly kind: 'recreate'; readonly cluster: string }
  | { readonly kind: 'retrieve'; readonly cluster: string }
  | { readonly kind: 'delete'; readonly cluster: string; readonly incarnation?: number }
  | { readonly kind: 'ban'; readonly cluster: string }
  | { readonly kind: 'unban'; readonly cluster: string }
  | { readonly kind: 'recover' }
  | { readonly kind: 'crash' }
  /** A replica is started anew with one more change of its configuration. */
  | ({ readonly kind: 'configure' } & Change)
  /** An impatient client sends an earlier request once more, word for word. */
  | { readonly kind: 'repeat'; readonly of: number }

/** One step: what is done, at which replica of which deployment, and how long until the next. */
export interface Operation {
  readonly number: number
  readonly act: Act
  readonly deployment: number
  readonly replica: number
  readonly waitMilliseconds: number
}

export const replicaCount = 2

const clusters = ['cls-aaaaaa', 'cls-bbbbbb', 'cls-cccccc', 'cls-dddddd', 'cls-eeeeee']

const drawAct = (random: Random, number: number): Act => {
  const cluster = random.pick(clusters)
  const dice = random.next()
  if (dice < 0.29) return { kind: 'generate', cluster }
  if (dice < 0.31) return { kind: 'ban', cluster }
  if (dice < 0.34) return { kind: 'unban', cluster }
  if (dice < 0.47) return { kind: 'recreate', cluster }
  if (dice < 0.6) return { kind: 'retrieve', cluster }
  if (dice < 0.72) return { kind: 'delete', cluster }
  if (dice < 0.75) return { kind: 'delete', cluster, incarnation: random.between(1, 4) }
  if (dice < 0.88) return { kind: 'recover' }
  if (dice < 0.92 || number === 0) return { kind: 'crash' }
  return { kind: 'repeat', of: random.between(0, number) }
}

export interface OperationsOptions {
  readonly seed: number
  readonly operations: number
  readonly deployments: number
  readonly vendors: ReadonlyArray<string>
  /** What a change of configuration may be about. */
  readonly settings: ReadonlyArray<Setting>
}

/** In every third history or so one deployment is rolled over to another configuration, at two moments. */
const withChange = (
  operations: ReadonlyArray<Operation>,
  { seed, deployments, vendors, settings }: OperationsOptions,
): ReadonlyArray<Operation> => {
  const random = makeRandom(streamOf(seed, 'configuration'))
  if (settings.length === 0 || operations.length < 2 || !random.chance(0.35)) return operations
  const change: Change = { registry: random.between(0, vendors.length), setting: random.pick(settings) }
  const deployment = random.between(0, deployments)
  const first = random.between(0, operations.length - 1)
  const second = random.between(first + 1, operations.length)
  const replica = random.between(0, replicaCount)
  return operations.map((operation) => {
    if (operation.number !== first && operation.number !== second) return operation
    const at = operation.number === first ? replica : (replica + 1) % replicaCount
    return { ...operation, act: { kind: 'configure', ...change }, deployment, replica: at }
  })
}

/** Requests of all kinds, crashes, recoveries and changes of configuration, drawn from one seed. */
export const drawOperations = (options: OperationsOptions): ReadonlyArray<Operation> => {
  const { seed, operations: count, deployments } = options
  const random = makeRandom(seed)
  const operations = Array.from({ length: count }, (_, number) => ({
    number,
    act: drawAct(random, number),
    deployment: random.between(0, deployments),
    replica: random.between(0, replicaCount),
    waitMilliseconds: random.chance(0.1) ? random.between(60_000, 1_200_000) : random.between(0, 3000),
  }))
  return withChange(operations, options)
}
