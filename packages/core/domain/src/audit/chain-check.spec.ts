import { createHash } from 'node:crypto'
import { expect } from 'chai'
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import {
  type AuditRecord,
  beforeFirstRecord,
  canonicalAuditText,
  type ChainBreak,
  type ChainedRecord,
  type ChainHead,
  chainStart,
  findHeadBreak,
  followChain,
} from '../index.ts'
import { aCause, now } from '../testing/index.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const clusterId = 'cls-abc123'

const aRecord = (text: string, at: number): AuditRecord => ({
  ...aCause(),
  kind: 'change',
  action: 'create',
  outcome: 'success',
  clusterId,
  credentialId: 'credential-1',
  registryId: 'quay',
  at: now + at,
  metadata: { text },
})

const chained = (records: ReadonlyArray<AuditRecord>): ReadonlyArray<ChainedRecord> => {
  let hash = chainStart
  return records.map((record, index) => {
    hash = sha256(canonicalAuditText(record, index + 1, hash))
    return { sequence: index + 1, hash, record }
  })
}

const headOf = (records: ReadonlyArray<ChainedRecord>): ChainHead => ({
  count: records.length,
  hash: records.at(-1)?.hash ?? chainStart,
})

const breakIn = (records: ReadonlyArray<ChainedRecord>, head: ChainHead | undefined): ChainBreak | undefined => {
  const followed = followChain(sha256, clusterId, beforeFirstRecord, records)
  return E.isLeft(followed) ? followed.left : findHeadBreak(followed.right, head)
}

const aChain = fc
  .array(fc.record({ text: fc.string(), at: fc.nat(1000) }), { minLength: 1, maxLength: 8 })
  .map((drawn) => chained(drawn.map(({ text, at }) => aRecord(text, at))))

const aChainAndPlace = aChain.chain((records) =>
  fc.record({ records: fc.constant(records), place: fc.nat(records.length - 1), other: fc.nat(records.length - 1) }),
)

const changes: Readonly<Record<string, (entry: ChainedRecord) => ChainedRecord>> = {
  ...Object.fromEntries(
    Object.entries({
      kind: 'event',
      action: 'revoke',
      outcome: 'failure',
      clusterId: 'cls-other1',
      credentialId: undefined,
      registryId: undefined,
      subject: 'somebody else',
      reason: 'another',
      traceId: 'another',
      at: now - 1,
      metadata: { text: 'x', more: 1 },
    }).map(([field, value]) => [
      field,
      (entry: ChainedRecord): ChainedRecord => ({ ...entry, record: { ...entry.record, [field]: value } }),
    ]),
  ),
  sequence: (entry) => ({ ...entry, sequence: entry.sequence + 1 }),
  hash: (entry) => ({ ...entry, hash: sha256(entry.hash) }),
}

describe('the check of an audit chain', () => {
  it('finds nothing in a chain that nobody touched, in one page or in several', () => {
    fc.assert(
      fc.property(aChainAndPlace, ({ records, place }) => {
        expect(breakIn(records, headOf(records))).to.equal(undefined)
        const first = followChain(sha256, clusterId, beforeFirstRecord, records.slice(0, place))
        if (E.isLeft(first)) throw new Error('the first page is broken')
        expect(followChain(sha256, clusterId, first.right, records.slice(place))).to.deep.equal(
          followChain(sha256, clusterId, beforeFirstRecord, records),
        )
      }),
    )
  })

  it('finds a change of any field of any record, where it is', () => {
    for (const change of Object.values(changes)) {
      fc.assert(
        fc.property(aChainAndPlace, ({ records, place }) => {
          const changed = records.map((entry, index) => (index === place ? change(entry) : entry))
          expect(breakIn(changed, headOf(records))?.sequence).to.equal(changed[place]?.sequence)
        }),
        { numRuns: 20 },
      )
    }
  })

  it('finds the removal of any record, and of the newest', () => {
    fc.assert(
      fc.property(aChainAndPlace, ({ records, place }) => {
        const removed = records.filter((_entry, index) => index !== place)
        const isNewest = place === records.length - 1
        expect(breakIn(removed, headOf(records))).to.deep.equal(
          isNewest ? { sequence: place + 1, rule: 'head_ahead' } : { sequence: place + 2, rule: 'gap' },
        )
      }),
    )
  })

  it('finds a record that was inserted anywhere, even with a fitting hash', () => {
    fc.assert(
      fc.property(aChainAndPlace, ({ records, place }) => {
        const forged = chained([...records.slice(0, place + 1).map(({ record }) => record), aRecord('forged', 0)])
        const inserted = [...forged, ...records.slice(place + 1)]
        expect(breakIn(inserted, headOf(records))).to.deep.equal(
          place === records.length - 1
            ? { sequence: records.length + 1, rule: 'head_behind' }
            : { sequence: place + 2, rule: 'gap' },
        )
      }),
    )
  })

  it('finds two records that changed places', () => {
    fc.assert(
      fc.property(aChainAndPlace, ({ records, place, other }) => {
        fc.pre(place !== other)
        const swapped = records.map((entry, index) => {
          const from = new Map([
            [place, other],
            [other, place],
          ]).get(index)
          return from === undefined ? entry : { ...entry, ...records[from], sequence: entry.sequence }
        })
        expect(breakIn(swapped, headOf(records))).to.deep.equal({
          sequence: Math.min(place, other) + 1,
          rule: 'hash',
        })
      }),
    )
  })

  it('finds a chain under the name of another', () => {
    const records = chained([aRecord('one', 0), aRecord('two', 1)])
    expect(followChain(sha256, 'cls-other1', beforeFirstRecord, records)).to.deep.equal(
      E.left({ sequence: 1, rule: 'other_cluster' }),
    )
  })

  it('finds a head that is ahead, behind, different or missing', () => {
    const records = chained([aRecord('one', 0), aRecord('two', 1)])
    const { count, hash } = headOf(records)
    expect(breakIn(records, { count: count + 3, hash })).to.deep.equal({ sequence: 3, rule: 'head_ahead' })
    expect(breakIn(records, { count: count - 1, hash })).to.deep.equal({ sequence: 2, rule: 'head_behind' })
    expect(breakIn(records, { count, hash: chainStart })).to.deep.equal({ sequence: 2, rule: 'head_differs' })
    expect(breakIn(records, undefined)).to.deep.equal({ sequence: 2, rule: 'head_missing' })
    expect(breakIn([], { count, hash })).to.deep.equal({ sequence: 1, rule: 'head_ahead' })
  })
})
