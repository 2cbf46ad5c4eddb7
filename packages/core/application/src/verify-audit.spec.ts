import {
  type AuditChain,
  type AuditChains,
  type AuditRecord,
  canonicalAuditText,
  type ChainedRecord,
  chainStart,
} from '@pull-secret/domain'
import { aCause, now } from '@pull-secret/domain/testing'
import { makeInMemoryDigest } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type AuditVerification, makeVerifyAudit, type VerifyAuditDeps } from './index.ts'

const digest = makeInMemoryDigest()

const aRecord = (clusterId: string, number: number): AuditRecord => ({
  ...aCause(),
  kind: 'change',
  action: 'create',
  outcome: 'success',
  clusterId,
  at: now + number,
  metadata: { number },
})

interface StoredChain extends AuditChain {
  readonly records: ReadonlyArray<ChainedRecord>
}

const aChain = (chain: string, length: number): StoredChain => {
  let hash = chainStart
  const records = Array.from({ length }, (_, index) => {
    const record = aRecord(chain, index)
    hash = digest.sha256(canonicalAuditText(record, index + 1, hash))
    return { sequence: index + 1, hash, record }
  })
  return { chain, head: { count: length, hash }, records }
}

/** Stored chains; `afterEachRead` lets somebody write meanwhile. */
const chainsOf = (stored: Array<StoredChain>, afterEachRead: () => void = () => undefined): AuditChains => {
  const read = <A>(answer: () => A) =>
    TE.fromIO(() => {
      const found = answer()
      afterEachRead()
      return found
    })
  return {
    chains: (after = '', limit) =>
      read(() =>
        stored
          .filter(({ chain }) => chain > after)
          .slice(0, limit)
          .map(({ chain, head }) => ({ chain, head })),
      ),
    records: (chain, after = -Infinity, limit) =>
      read(() =>
        (stored.find((other) => other.chain === chain)?.records ?? [])
          .filter(({ sequence }) => sequence > after)
          .slice(0, limit),
      ),
  }
}

const verified = (auditChains: AuditChains, deps: Partial<VerifyAuditDeps> = {}) =>
  makeVerifyAudit({ auditChains, digest, pageSize: 2, ...deps })(() => () => undefined)()

const outcome = (result: E.Either<unknown, AuditVerification>): AuditVerification => {
  if (E.isLeft(result)) throw new Error('the verification failed')
  return result.right
}

describe('the verification of the audit', () => {
  it('counts what it read, and finds nothing where nobody touched anything', async () => {
    const stored = [aChain('a', 1), aChain('b', 5), aChain('c', 2), aChain('d', 4)]
    for (const pageSize of [1, 2, 3, 100])
      expect(outcome(await verified(chainsOf(stored), { pageSize }))).to.deep.equal({
        chains: 4,
        records: 12,
        brokenChains: 0,
        breaks: [],
      })
    expect(outcome(await verified(chainsOf([])))).to.include({ chains: 0, brokenChains: 0 })
  })

  it('names the first break of each broken chain', async () => {
    const [whole, cut, headless, behind] = [aChain('a', 4), aChain('b', 5), aChain('c', 3), aChain('d', 5)]
    const stored = [
      whole,
      { ...cut, records: cut.records.filter(({ sequence }) => sequence !== 3) },
      { ...headless, head: undefined },
      { ...behind, head: aChain('d', 3).head },
      { ...aChain('e', 2), records: [] },
    ]
    expect(outcome(await verified(chainsOf(stored)))).to.deep.include({
      chains: 5,
      brokenChains: 4,
      breaks: [
        { chain: 'b', sequence: 4, rule: 'gap' },
        { chain: 'c', sequence: 3, rule: 'head_missing' },
        { chain: 'd', sequence: 5, rule: 'head_behind' },
        { chain: 'e', sequence: 1, rule: 'head_ahead' },
      ],
    })
  })

  it('takes nothing for a break that is written meanwhile', async () => {
    const lengths = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    const stored = [aChain('b', 1)]
    const write = (): void => {
      const length = lengths.shift()
      if (length === undefined) return
      stored.splice(0, stored.length, ...(length > 4 ? [aChain('a', 1)] : []), aChain('b', length + 1))
    }
    expect(outcome(await verified(chainsOf(stored, write)))).to.include({ brokenChains: 0 })
  })

  it('counts all broken chains, and names only so many', async () => {
    const stored = ['a', 'b', 'c', 'd'].map((chain) => ({ ...aChain(chain, 1), head: undefined }))
    const found = outcome(await verified(chainsOf(stored), { namedBreaks: 2 }))
    expect([found.brokenChains, found.breaks.map(({ chain }) => chain)]).to.deep.equal([4, ['a', 'b']])
  })

  it('tells how far it is after each chain', async () => {
    const told: Array<number> = []
    const auditChains = chainsOf([aChain('a', 1), aChain('b', 5), aChain('c', 2)])
    await makeVerifyAudit({ auditChains, digest })((soFar) => () => void told.push(soFar.records))()
    expect(told).to.deep.equal([1, 6, 8])
  })

  it('fails with the database', async () => {
    const failure = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 2 } as const
    const broken = { ...chainsOf([aChain('a', 1)]), records: () => TE.left(failure) }
    expect(await verified(broken)).to.deep.equal(E.left(failure))
  })
})
