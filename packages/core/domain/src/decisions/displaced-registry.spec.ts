import { expect } from 'chai'
import { displacedRegistry } from '../index.ts'

describe('displaced registry', () => {
  const standingAt = (registryId: string, scope: string) => ({
    registryId,
    scope,
    credentials: 2,
    clusterId: 'cls-abc123',
  })
  const registries = [
    { id: 'quay', scope: 'scope' },
    { id: 'rhit', scope: 'scope' },
  ]

  it('is one whose scope left its credentials behind', () => {
    expect(displacedRegistry([standingAt('quay', 'scope'), standingAt('rhit', 'old')], registries)).to.deep.equal({
      code: 'SCOPE_CHANGED',
      registryId: 'rhit',
      stored: 'old',
      configured: 'scope',
      credentials: 2,
      clusterId: 'cls-abc123',
    })
  })

  it('is one that is no longer configured though credentials live there', () => {
    expect(displacedRegistry([standingAt('quay', 'scope'), standingAt('gone', 'old')], registries)).to.deep.equal({
      code: 'REGISTRY_MISSING',
      registryId: 'gone',
    })
  })

  it('is none where the scope is unchanged', () => {
    expect(displacedRegistry([standingAt('quay', 'scope')], registries)).to.equal(undefined)
    expect(displacedRegistry([], registries)).to.equal(undefined)
  })
})
