import { type Credential, makeRegistries } from '@pull-secret/domain'
import { aClusterLedger, aCredential, aRegistry } from '@pull-secret/domain/testing'
import { makeInMemoryLedger, makeLedgerTables } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { makeNotedClock } from '../test/noted-clock.ts'
import { makeInspectStart, makeStart } from './index.ts'

const registries = makeRegistries([aRegistry('quay'), aRegistry('rhit', { enabled: false })])

const keyChecks = [{ keyId: 'first', check: '0123456789abcdef' }]

const aRegister = (...rows: ReadonlyArray<Credential>) => {
  const tables = makeLedgerTables()
  tables.clusters.set('cls-abc123', aClusterLedger(undefined, ...rows))
  return { tables, ...makeInMemoryLedger({ tables, clock: makeNotedClock().clock }) }
}

describe('start', () => {
  it("makes the ledger this deployment's and remembers what is enabled", async () => {
    const { tables, register } = aRegister(aCredential())
    expect(await makeStart({ register, registries, deploymentId: 'mine', keyChecks })()).to.deep.equal(
      E.right(undefined),
    )
    expect([tables.deploymentId, tables.enabledRegistries]).to.deep.equal(['mine', ['quay']])
  })

  it('refuses the ledger of another deployment', async () => {
    const { register } = aRegister()
    await register.agreeOn('theirs')()
    const refusal = E.left({ code: 'DEPLOYMENT_MISMATCH', stored: 'theirs', configured: 'mine' })
    expect(await makeStart({ register, registries, deploymentId: 'mine', keyChecks })()).to.deep.equal(refusal)
    expect(await makeInspectStart({ register, registries, deploymentId: 'mine', keyChecks })()).to.deep.equal(refusal)
  })

  it('refuses another key under the id of one that was used, and remembers nothing', async () => {
    const { tables, register } = aRegister()
    const deps = { register, registries, deploymentId: 'mine' }
    await makeStart({ ...deps, keyChecks })()
    const replaced = [
      { keyId: 'second', check: '1111111111111111' },
      { keyId: 'first', check: '2222222222222222' },
    ]
    const refusal = E.left({ code: 'KEY_CHANGED', keyId: 'first' })
    expect(await makeStart({ ...deps, keyChecks: replaced })()).to.deep.equal(refusal)
    expect(await makeInspectStart({ ...deps, keyChecks: replaced })()).to.deep.equal(refusal)
    expect([...tables.keys.keys()]).to.deep.equal(['first'])
  })

  it('refuses a registry that moved away from its credentials, and remembers nothing', async () => {
    const { tables, register } = aRegister(aCredential({ scope: 'old' }))
    const refusal = E.left({
      code: 'SCOPE_CHANGED',
      registryId: 'quay',
      stored: 'old',
      configured: 'scope',
      credentials: 1,
      clusterId: 'cls-abc123',
    })
    expect(await makeStart({ register, registries, deploymentId: 'mine', keyChecks })()).to.deep.equal(refusal)
    expect(await makeInspectStart({ register, registries, deploymentId: 'mine', keyChecks })()).to.deep.equal(refusal)
    expect(tables.enabledRegistries).to.equal(undefined)
  })

  it('refuses to forget a registry that still has credentials', async () => {
    const { register } = aRegister(aCredential({ registryId: 'gone' }))
    expect(await makeStart({ register, registries, deploymentId: 'mine', keyChecks })()).to.deep.equal(
      E.left({ code: 'REGISTRY_MISSING', registryId: 'gone' }),
    )
  })

  it('leaves nothing behind when it only looks', async () => {
    const { tables, register } = aRegister(aCredential())
    expect(await makeInspectStart({ register, registries, deploymentId: 'mine', keyChecks })()).to.deep.equal(
      E.right(undefined),
    )
    expect([tables.deploymentId, tables.enabledRegistries, tables.keys.size]).to.deep.equal([undefined, undefined, 0])
    await register.agreeOn('mine')()
    expect(await makeInspectStart({ register, registries, deploymentId: 'mine', keyChecks })()).to.deep.equal(
      E.right(undefined),
    )
  })
})
