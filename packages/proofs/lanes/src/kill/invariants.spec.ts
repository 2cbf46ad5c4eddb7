import { expect } from 'chai'
import { aWorld, chainOf, gone, goneRow, kept, keptRow } from '../../test/a-sound-world.ts'
import type { CallRecord, Facts, Invariant } from './facts.ts'
import { invariants } from './invariants.ts'

const numbered = (number: string): Invariant => {
  const found = invariants.find(({ name }) => name.startsWith(`${number} `))
  if (found === undefined) throw new Error(`there is no ${number}`)
  return found
}

const complaints = (number: string, change: Partial<Facts>): ReadonlyArray<string> =>
  numbered(number).broken(aWorld(change))

const aCall = (call: Partial<CallRecord>): CallRecord => ({
  clusterId: 'cls-gone01',
  kind: 'get',
  begun: 20,
  ended: 21,
  status: 200,
  handed: [],
  ...call,
})

const { calls, credentials, clusters, objects, audit, chains } = aWorld()

const withKeptChain = (changes: Parameters<typeof chainOf>[1]): Partial<Facts> => {
  const { audit: records, chain } = chainOf('cls-kept01', changes)
  return {
    audit: [...audit.filter((fact) => fact.chain !== 'cls-kept01'), ...records],
    chains: [...chains.filter((known) => known.chain !== 'cls-kept01'), chain],
  }
}

const brokenWorlds: Readonly<Record<string, Readonly<Record<string, Partial<Facts>>>>> = {
  I1: {
    'an object has no row': {
      objects: [...objects, { registryId: 'quay', vendorName: 'unknown', credentialId: 'c9' }],
    },
    'the object of a revoked row is still there': {
      objects: [...objects, { registryId: 'quay', vendorName: 'gone', credentialId: 'c2' }],
    },
    'the vendor does not show the object of an active row': { objects: [] },
    "a second object carries a row's marker": {
      objects: [...objects, { registryId: 'quay', vendorName: 'twin', credentialId: 'c1' }],
    },
  },
  I2: {
    'a vendor refuses what a caller holds': { isAccepted: () => false },
    'an object of somebody else is gone': { touchedStrangers: ['a robot of somebody else was touched'] },
    'a recreated cluster holds a credential that is refused': {
      calls: [...calls, aCall({ handed: [gone] })],
      rowOf: ({ username }) => (username === gone.username ? { ...goneRow, state: 'active' } : keptRow),
    },
  },
  I3: {
    'two rows are active for one place': {
      credentials: [...credentials, { ...keptRow, id: 'c3', vendorName: 'other' }],
    },
    'two rows are on their way to one place': {
      credentials: ['c3', 'c4'].map((id) => ({ ...keptRow, id, state: 'intended' as const })),
    },
    'two rows stood side by side for a while': { doubleRows: ['cls-kept01 at quay had 2 active rows'] },
    'two callers got different tokens': {
      calls: [...calls, aCall({ clusterId: 'cls-kept01', handed: [{ ...kept, token: 'another' }] })],
    },
    'a caller got a credential that no row knows': {
      calls: [...calls, aCall({ handed: [{ ...kept, username: 'acme+unknown' }] })],
    },
  },
  I4: {
    'a change was not recorded': withKeptChain([
      ['absent', 'live'],
      ['none', 'intended', 'c1'],
      ['intended', 'ready', 'c1'],
    ]),
    'a recorded change did not happen': { credentials: [{ ...keptRow, state: 'ready' }, goneRow] },
    'a row has no records': { credentials: [...credentials, { ...keptRow, id: 'c3', state: 'revoked' }] },
    'a record was rewritten': {
      audit: audit.map((fact, index) =>
        index === 1 ? { ...fact, record: { ...fact.record, subject: 'somebody' } } : fact,
      ),
    },
    'records were cut off': {
      chains: chains.map((chain, index) => (index === 0 ? { ...chain, count: chain.count + 1 } : chain)),
    },
    'a chain lost all its records': { chains: [...chains, { chain: 'cls-lost01', count: 2, head: 'x' }] },
    'a change is recorded twice': withKeptChain([
      ['absent', 'live'],
      ['none', 'intended', 'c1'],
      ['intended', 'ready', 'c1'],
      ['ready', 'active', 'c1'],
      ['ready', 'active', 'c1'],
    ]),
  },
  I5: {
    'a token was found': { leaks: ["the token of acme+kept is in the service's log"] },
    'the search finds nothing at all': { isSearchProved: false },
  },
  I6: {
    'a call begun after the delete was served': { calls: [...calls, aCall({ handed: [gone] })] },
    'a refused recreate stands before a call that was served': {
      calls: [...calls, aCall({ kind: 'recreate', begun: 10, ended: 11, status: 409 }), aCall({ handed: [gone] })],
    },
    'a recreate ended before the delete that was ignored': {
      calls: [
        ...calls,
        aCall({ kind: 'recreate', begun: 10, ended: 11 }),
        aCall({ kind: 'delete', begun: 12, ended: 13, status: 202 }),
        aCall({ handed: [gone] }),
      ],
    },
    'a vendor accepts a revoked credential': { isAccepted: () => true },
  },
  I7: {
    'a row is still being revoked': { credentials: [keptRow, { ...goneRow, state: 'revoking' }] },
    'a row is still intended': { credentials: [...credentials, { ...goneRow, id: 'c3', state: 'intended' }] },
    'a cluster is still being deleted': {
      calls: calls.slice(0, 1),
      clusters: clusters.map((cluster) => (cluster.state === 'deleted' ? { ...cluster, state: 'deleting' } : cluster)),
    },
    'a live cluster never got a pull secret': {
      clusters: clusters.map((cluster) => (cluster.state === 'live' ? { ...cluster, isPublished: false } : cluster)),
    },
    'a live cluster lacks a registry': { registryIds: ['quay', 'rhit'] },
    'a cluster lives on after its deletion was answered': {
      clusters: clusters.map((cluster) => ({ ...cluster, state: 'live' as const })),
      credentials: [keptRow, { ...goneRow, state: 'active' }],
    },
    'a cluster vanished that nobody deleted': { clusters: clusters.filter(({ id }) => id !== 'cls-kept01') },
  },
}

describe('the invariants of the kill lane', () => {
  invariants.forEach(({ name, broken }) => {
    it(`find nothing wrong with a sound world: ${name}`, () => {
      expect(broken(aWorld())).to.deep.equal([])
    })
  })

  it('are seven, each shown to fail', () => {
    expect(invariants.map(({ name }) => name.slice(0, 2))).to.deep.equal(Object.keys(brokenWorlds))
  })

  Object.entries(brokenWorlds).forEach(([number, worlds]) => {
    Object.entries(worlds).forEach(([what, change]) => {
      it(`${number} is broken when ${what}`, () => {
        expect(complaints(number, change)).to.have.length(1)
      })
    })
  })

  it('let a cluster be served again that a caller asked to live again', () => {
    const recreated = [
      ...calls,
      aCall({ kind: 'recreate', begun: 10, status: undefined, ended: undefined }),
      aCall({ handed: [gone] }),
    ]
    expect(
      complaints('I6', {
        calls: recreated,
        clusters: clusters.slice(0, 1),
        credentials: [keptRow],
        rowOf: () => keptRow,
      }),
    ).to.deep.equal([])
  })
})
