import { expect } from 'chai'
import { displacedRegistry, makeRegistries } from '../index.ts'
import { aRegistry } from '../testing/index.ts'

describe('displaced registry', () => {
  const registries = makeRegistries([aRegistry('quay'), aRegistry('rhit')])

  it('is one whose scope left its credentials behind', () => {
    expect(
      displacedRegistry(
        [
          { registryId: 'quay', scope: 'scope' },
          { registryId: 'rhit', scope: 'old' },
        ],
        registries,
      ),
    ).to.deep.equal({
      code: 'SCOPE_CHANGED',
      registryId: 'rhit',
      stored: 'old',
      configured: 'scope',
    })
  })

  it('is one that is no longer configured though credentials live there', () => {
    expect(
      displacedRegistry(
        [
          { registryId: 'quay', scope: 'scope' },
          { registryId: 'gone', scope: 'old' },
        ],
        registries,
      ),
    ).to.deep.equal({ code: 'REGISTRY_MISSING', registryId: 'gone' })
  })

  it('is none where the scope is unchanged', () => {
    expect(displacedRegistry([{ registryId: 'quay', scope: 'scope' }], registries)).to.equal(undefined)
    expect(displacedRegistry([], registries)).to.equal(undefined)
  })
})
