import type { AccessCheck, Credential } from '@pull-secret/domain'
import { makeInMemoryLedger, makeLedgerTables } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as T from 'fp-ts/lib/Task.js'
import { makeCheckRegistries, makeInspectStart, makeStart } from '../src/index.ts'
import { aRegistry, aRow, aView, makeNotedClock, registriesOf } from './parts.ts'

const registries = registriesOf(aRegistry('quay'), aRegistry('rhit', {}, {}, { enabled: false }))

const aRegister = (...rows: ReadonlyArray<Credential>) => {
  const tables = makeLedgerTables()
  tables.clusters.set('cls-abc123', aView(undefined, ...rows))
  return { tables, ...makeInMemoryLedger({ tables, clock: makeNotedClock().clock }) }
}

describe('starting', () => {
  it("makes the ledger this deployment's and remembers what is enabled", async () => {
    const { tables, register } = aRegister(aRow())
    expect(await makeStart({ register, registries, deploymentId: 'mine' })()).to.deep.equal(E.right(undefined))
    expect([tables.deploymentId, tables.enabledRegistries]).to.deep.equal(['mine', ['quay']])
  })

  it('refuses the ledger of another deployment', async () => {
    const { register } = aRegister()
    await register.agreeOn('theirs')()
    const refusal = E.left({ code: 'DEPLOYMENT_MISMATCH', stored: 'theirs', configured: 'mine' })
    expect(await makeStart({ register, registries, deploymentId: 'mine' })()).to.deep.equal(refusal)
    expect(await makeInspectStart({ register, registries, deploymentId: 'mine' })()).to.deep.equal(refusal)
  })

  it('refuses a registry that moved away from its credentials, and remembers nothing', async () => {
    const { tables, register } = aRegister(aRow({ scope: 'old' }))
    const refusal = E.left({ code: 'SCOPE_CHANGED', registryId: 'quay', stored: 'old', configured: 'scope' })
    expect(await makeStart({ register, registries, deploymentId: 'mine' })()).to.deep.equal(refusal)
    expect(await makeInspectStart({ register, registries, deploymentId: 'mine' })()).to.deep.equal(refusal)
    expect(tables.enabledRegistries).to.equal(undefined)
  })

  it('refuses to forget a registry that still has credentials', async () => {
    const { register } = aRegister(aRow({ registryId: 'gone' }))
    expect(await makeStart({ register, registries, deploymentId: 'mine' })()).to.deep.equal(
      E.left({ code: 'REGISTRY_MISSING', registryId: 'gone' }),
    )
  })

  it('leaves nothing behind when it only looks', async () => {
    const { tables, register } = aRegister(aRow())
    expect(await makeInspectStart({ register, registries, deploymentId: 'mine' })()).to.deep.equal(E.right(undefined))
    expect([tables.deploymentId, tables.enabledRegistries]).to.deep.equal([undefined, undefined])
    await register.agreeOn('mine')()
    expect(await makeInspectStart({ register, registries, deploymentId: 'mine' })()).to.deep.equal(E.right(undefined))
  })
})

describe('checking the registries', () => {
  const deadlines: Array<number> = []
  const access: AccessCheck = { kind: 'failing', problem: 'administrator_refused' }
  const asked = registriesOf(
    aRegistry(
      'quay',
      {},
      {
        checkAccess: (deadline) => {
          deadlines.push(deadline)
          return T.of(access)
        },
      },
    ),
  )
  const configured = { registryId: 'quay', type: 'quay', enabled: true, required: true, hosts: ['quay.example.com'] }

  it('tells what is configured without asking anybody', async () => {
    expect(
      await makeCheckRegistries({ registries: asked, clock: makeNotedClock().clock })({ askVendors: false })(),
    ).to.deep.equal([configured])
    expect(deadlines).to.deep.equal([])
  })

  it('asks each vendor on request, for eight seconds at most', async () => {
    expect(
      await makeCheckRegistries({ registries: asked, clock: makeNotedClock(1000).clock })({ askVendors: true })(),
    ).to.deep.equal([{ ...configured, access }])
    expect(deadlines).to.deep.equal([9000])
  })
})
