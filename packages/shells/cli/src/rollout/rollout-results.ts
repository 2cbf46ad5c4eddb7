import type { CommandFailure } from '../failures/command-failure.ts'
import { jsonLine } from '../presenters/data-text.ts'
import type { RolloutEntry } from './read-rollout-list.ts'

/** `existed`: had its pull secret before; `pending`: not begun, or not finished. */
export type RolloutOutcome = 'existed' | 'generated' | 'failed' | 'pending'

/** What is known of one cluster of the list. */
export interface RolloutResult {
  readonly entry: RolloutEntry
  readonly outcome: RolloutOutcome
  /** Why it failed. */
  readonly failure?: CommandFailure
}

export const countOf = (results: ReadonlyArray<RolloutResult>, outcome: RolloutOutcome): number =>
  results.filter((result) => result.outcome === outcome).length

/** A result as programs read it; holds no secret. */
export const resultBodyOf = ({ entry, outcome, failure }: RolloutResult) => ({
  cluster_id: entry.clusterId,
  outcome,
  cluster_external_id: entry.body.cluster_external_id,
  cloud_provider: entry.body.cloud_provider,
  region: entry.body.region,
  code: failure?.code,
  message: failure?.message,
})

/** One JSON object a line, in the order of the list. */
export const resultLines = (results: ReadonlyArray<RolloutResult>): string =>
  results.map((result) => jsonLine(resultBodyOf(result))).join('')
