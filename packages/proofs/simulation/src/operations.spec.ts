import { expect } from 'chai'
import { settings } from './configuration.ts'
import { drawOperations, type Operation, type OperationsOptions } from './operations.ts'

const options = (seed: number): OperationsOptions => ({
  seed,
  operations: 50,
  deployments: 2,
  vendors: ['quay', 'rhit'],
  settings,
})

const changesOf = (operations: ReadonlyArray<Operation>): ReadonlyArray<Operation> =>
  operations.filter(({ act }) => act.kind === 'configure')

const seeds = Array.from({ length: 200 }, (_, seed) => seed)

describe('the operations of a history', () => {
  it('roll one change of configuration over both replicas of a deployment, in some histories', () => {
    const changes = seeds.map((seed) => changesOf(drawOperations(options(seed)))).filter(({ length }) => length > 0)
    expect(changes.length).to.be.within(40, 100)
    changes.forEach(([first, second, ...more]) => {
      expect(more).to.deep.equal([])
      expect(second?.act).to.deep.equal(first?.act)
      expect(second?.deployment).to.equal(first?.deployment)
      expect(second?.replica).not.to.equal(first?.replica)
    })
  })

  it('are otherwise the same, whatever may change', () => {
    seeds.forEach((seed) => {
      const [changing, constant] = [drawOperations(options(seed)), drawOperations({ ...options(seed), settings: [] })]
      expect(changesOf(constant)).to.deep.equal([])
      changing.forEach((operation, index) => {
        if (operation.act.kind !== 'configure') expect(operation).to.deep.equal(constant[index])
      })
    })
  })
})
