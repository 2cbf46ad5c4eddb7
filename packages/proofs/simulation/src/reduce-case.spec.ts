import { expect } from 'chai'
import type { Case } from './case.ts'
import type { Operation } from './operations.ts'
import { reduceCase } from './reduce-case.ts'

const operation = (number: number, more: Partial<Operation> = {}): Operation => ({
  number,
  act: { kind: 'recover' },
  deployment: 0,
  replica: 0,
  waitMilliseconds: 0,
  ...more,
})

const aCase = (more: Partial<Case>): Case => ({
  seed: 1,
  vendors: ['quay', 'rhit'],
  deployments: 1,
  operations: [operation(0)],
  faults: {},
  ...more,
})

const numbers = ({ operations }: Case): ReadonlyArray<number> => operations.map(({ number }) => number)

/** When an operation begins. */
const beginOf = ({ operations }: Case, number: number): number =>
  operations
    .slice(
      0,
      operations.findIndex((one) => one.number === number),
    )
    .reduce((sum, { waitMilliseconds }) => sum + waitMilliseconds, 0)

describe('a failing case is reduced', () => {
  it('to the operations and faults that it takes', async () => {
    const failing = aCase({
      operations: [0, 1, 2, 3, 4, 5, 6].map((number) => operation(number)),
      faults: { '1/reads/0': 'unavailable', '5/reads/0': 'unavailable' },
    })
    const reduced = await reduceCase(
      failing,
      async (shorter) =>
        [2, 5].every((number) => numbers(shorter).includes(number)) && shorter.faults['5/reads/0'] !== undefined,
    )
    expect(numbers(reduced)).to.deep.equal([2, 5])
    expect(reduced.faults).to.deep.equal({ '5/reads/0': 'unavailable' })
  })

  it('without an operation whose time alone it takes', async () => {
    const failing = aCase({ operations: [0, 1, 2, 3].map((number) => operation(number, { waitMilliseconds: 100 })) })
    const reduced = await reduceCase(
      failing,
      async (shorter) => [0, 3].every((number) => numbers(shorter).includes(number)) && beginOf(shorter, 3) >= 250,
    )
    expect(numbers(reduced)).to.deep.equal([0, 3])
    expect(beginOf(reduced, 3)).to.equal(300)
  })

  it('to one deployment, whether it takes the first, the second, or what both did', async () => {
    const failing = aCase({ deployments: 2, operations: [operation(0), operation(1, { deployment: 1 })] })
    for (const needed of [[0], [1], [0, 1]]) {
      const reduced = await reduceCase(failing, async (shorter) =>
        needed.every((number) => numbers(shorter).includes(number)),
      )
      expect(reduced).to.deep.include({ deployments: 1, operations: needed.map((number) => operation(number)) })
    }
  })

  it('to two deployments where it takes both', async () => {
    const failing = aCase({ deployments: 2, operations: [operation(0, { deployment: 1 })] })
    expect((await reduceCase(failing, async ({ deployments }) => deployments === 2)).deployments).to.equal(2)
  })

  it('to the vendors that it takes, in their order, and to one at least', async () => {
    const failing = aCase({ vendors: ['quay', 'rhit', 'lagging'] })
    expect(
      (await reduceCase(failing, async ({ vendors }) => vendors.includes('quay') && vendors.includes('lagging')))
        .vendors,
    ).to.deep.equal(['quay', 'lagging'])
    expect((await reduceCase(failing, async () => true)).vendors).to.have.length(1)
  })

  it('to waits that are less than twice as long as it takes', async () => {
    const failing = aCase({
      operations: [operation(0, { waitMilliseconds: 1000 }), operation(1, { waitMilliseconds: 700 })],
    })
    const reduced = await reduceCase(
      failing,
      async (shorter) => numbers(shorter).length === 2 && beginOf(shorter, 1) >= 100,
    )
    expect(reduced.operations.map(({ waitMilliseconds }) => waitMilliseconds)).to.deep.equal([125, 0])
  })
})
