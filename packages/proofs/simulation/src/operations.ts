import { makeRandom, type Random } from './random.ts'

/** What one step of a history does. Everything is said, so that steps can be left out or kept as a case. */
export type Act =
  | { readonly kind: 'generate'; readonly cluster: string }
  /** Gives a deleted id the life that the last refusal named; a plain generate where there was none. */
  | { readonly kind: 'recreate'; readonly cluster: string }
  | { readonly kind: 'retrieve'; readonly cluster: string }
  | { readonly kind: 'delete'; readonly cluster: string; readonly incarnation?: number }
  | { readonly kind: 'recover' }
  | { readonly kind: 'crash' }
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
  if (dice < 0.32) return { kind: 'generate', cluster }
  if (dice < 0.46) return { kind: 'recreate', cluster }
  if (dice < 0.6) return { kind: 'retrieve', cluster }
  if (dice < 0.72) return { kind: 'delete', cluster }
  if (dice < 0.75) return { kind: 'delete', cluster, incarnation: random.between(1, 4) }
  if (dice < 0.88) return { kind: 'recover' }
  if (dice < 0.92 || number === 0) return { kind: 'crash' }
  return { kind: 'repeat', of: random.between(0, number) }
}

/** Requests of all kinds, crashes and recoveries, drawn from one seed. */
export const drawOperations = (seed: number, count: number, deployments: number): ReadonlyArray<Operation> => {
  const random = makeRandom(seed)
  return Array.from({ length: count }, (_, number) => ({
    number,
    act: drawAct(random, number),
    deployment: random.between(0, deployments),
    replica: random.between(0, replicaCount),
    waitMilliseconds: random.chance(0.1) ? random.between(60_000, 1_200_000) : random.between(0, 3000),
  }))
}
