import * as E from 'fp-ts/lib/Either.js'
import type { ChainedRecord, ChainHead } from './audit-chains.ts'
import { canonicalAuditText, chainOf, chainStart } from './audit-record.ts'

/**
 * Why a chain is broken: a record's number is not the next one (`gap`), its hash does not cover it and the one before
 * (`hash`), it tells of another cluster (`other_cluster`); the head counts records that are not there (`head_ahead`),
 * fewer than there are (`head_behind`), has another hash than the newest record (`head_differs`) or is missing
 * (`head_missing`).
 */
export type ChainRule =
  'gap' | 'hash' | 'other_cluster' | 'head_ahead' | 'head_behind' | 'head_differs' | 'head_missing'

export interface ChainBreak {
  /** Of the record where it shows; for a head that is ahead, of the first missing one. */
  readonly sequence: number
  readonly rule: ChainRule
}

/** The newest record that was found in order. */
export interface ChainLink {
  readonly sequence: number
  readonly hash: string
}

/** Where the check of every chain begins. */
export const beforeFirstRecord: ChainLink = { sequence: 0, hash: chainStart }

type Sha256 = (text: string) => string

const ruleBroken = (
  sha256: Sha256,
  chain: string,
  before: ChainLink,
  { sequence, hash, record }: ChainedRecord,
): ChainRule | undefined => {
  if (sequence !== before.sequence + 1) return 'gap'
  if (hash !== sha256(canonicalAuditText(record, sequence, before.hash))) return 'hash'
  return chainOf(record) === chain ? undefined : 'other_cluster'
}

/** Follows a chain over its next records: the first break, or how far it goes. */
export const followChain = (
  sha256: Sha256,
  chain: string,
  from: ChainLink,
  records: ReadonlyArray<ChainedRecord>,
): E.Either<ChainBreak, ChainLink> =>
  records.reduce<E.Either<ChainBreak, ChainLink>>((before, next) => {
    if (E.isLeft(before)) return before
    const rule = ruleBroken(sha256, chain, before.right, next)
    const { sequence, hash } = next
    return rule === undefined ? E.right({ sequence, hash }) : E.left({ sequence, rule })
  }, E.right(from))

/** What is wrong with the head of a chain whose newest record this is. */
export const findHeadBreak = ({ sequence, hash }: ChainLink, head: ChainHead | undefined): ChainBreak | undefined => {
  if (head === undefined) return { sequence, rule: 'head_missing' }
  if (head.count > sequence) return { sequence: sequence + 1, rule: 'head_ahead' }
  if (head.count < sequence) return { sequence, rule: 'head_behind' }
  return head.hash === hash ? undefined : { sequence, rule: 'head_differs' }
}
