import { inspect } from 'node:util'
import { controlMarkerOf, markerOf, secretText } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { makeInMemoryClock, makeSilentLogger } from '@pull-secret/in-memory'
import type { HttpResult } from '@pull-secret/registry-http'
import { answered, everyTurn, scriptedHttp } from '@pull-secret/registry-http/testing'
import { expect } from 'chai'
import { rhitControlNames } from './rhit-account-name.ts'
import { makeRhitClient } from './rhit-client.ts'

const marker = markerOf('here', 'c-1')
const accounts = '/v1/partners/hyperfleet/service-accounts'
const one = `${accounts}/one`
const [firstControl = '', secondControl = ''] = rhitControlNames('here')
const control = `${accounts}/${firstControl}`

const account = {
  name: 'one',
  description: marker,
  partnerCode: 'hyperfleet',
  credentials: { username: '|one', password: 'CANARYPASSWORD' },
}
const foreign = { ...account, description: 'somebody else' }
const controlAccount = { name: firstControl, description: controlMarkerOf('here') }
const missing = answered(404, { message: 'Service Account not found' })
const conflict = answered(409, '')
const page = answered(200, '<html></html>')
const lost: HttpResult = { kind: 'unknown', problem: 'connection_lost' }

const setUp = (script: Parameters<typeof scriptedHttp>[0]) => {
  const http = scriptedHttp(script)
  const config = {
    baseUrl: 'https://api.example.com',
    collectionPath: '/v1/partners/{partner_code}/service-accounts',
    partnerCode: 'hyperfleet',
    certificateFile: 'c',
    keyFile: 'k',
    registryUrl: 'https://registry.example.com',
    usernamePrefix: '|',
    conflictStatuses: [409],
    notFoundStatuses: [404],
  }
  const client = makeRhitClient({
    registryId: 'rhit',
    deploymentId: 'here',
    clock: makeInMemoryClock(),
    logger: makeSilentLogger(),
    callSeconds: 5,
    turns: everyTurn,
    config,
    management: http,
    login: scriptedHttp({}),
  })
  const object = { vendorName: 'one', marker, terms: until(Infinity) }
  return {
    http,
    client,
    create: () => client.createCredential(object)(),
    read: () => client.getCredential(object)(),
    remove: () => client.deleteCredential(object)(),
  }
}

const creating = async (script: Parameters<typeof scriptedHttp>[0]) => {
  const { http, create } = setUp(script)
  const outcome = await create()
  expect(
    http.calls.filter((call) => call === `POST ${one}` || call.startsWith('DELETE')),
    'a create changes no account that is there',
  ).to.deep.equal([])
  expect(inspect(outcome, { depth: 9 }) + JSON.stringify(outcome)).not.to.include('CANARY')
  return { outcome, calls: http.calls }
}

describe('the RHIT client: create', () => {
  const created = { kind: 'created', username: '|one' }

  it('makes the account with its marker', async () => {
    const { outcome, calls } = await creating({ [`POST ${accounts}`]: [answered(200, account)] })
    expect(outcome).to.deep.include({ ...created, token: secretText('CANARYPASSWORD') })
    expect(calls).to.deep.equal([`POST ${accounts}`])
  })

  it('makes the username itself where the vendor says none', async () => {
    const { outcome } = await creating({
      [`POST ${accounts}`]: [answered(201, { ...account, credentials: { password: 'CANARYPASSWORD' } })],
    })
    expect(outcome).to.include(created)
  })

  for (const [what, answer] of Object.entries({
    'without a body': answered(201),
    'without a password': answered(200, { name: 'one', description: marker }),
    'that is a page': page,
    'about another account': answered(200, { ...account, name: 'two' }),
  })) {
    it(`reads the account back after a success ${what}`, async () => {
      const { outcome } = await creating({ [`POST ${accounts}`]: [answer], [`GET ${one}`]: [answered(200, account)] })
      expect(outcome).to.include(created)
    })
  }

  it('knows nothing when a success without a body is followed by not found', async () => {
    const { outcome } = await creating({ [`POST ${accounts}`]: [answered(201)], [`GET ${one}`]: [missing] })
    expect(outcome).to.deep.equal({ kind: 'unknown', problem: 'unreadable_answer' })
  })

  it('takes over its own account on a conflict', async () => {
    const { outcome } = await creating({ [`POST ${accounts}`]: [conflict], [`GET ${one}`]: [answered(200, account)] })
    expect(outcome).to.include(created)
  })

  it("gives the name up to another's account", async () => {
    for (const script of [
      { [`POST ${accounts}`]: [conflict], [`GET ${one}`]: [answered(200, foreign)] },
      { [`POST ${accounts}`]: [answered(200, foreign)], [`GET ${one}`]: [answered(200, foreign)] },
    ])
      expect((await creating(script)).outcome).to.deep.equal({ kind: 'name_burnt' })
  })

  for (const [form, answer] of Object.entries({
    'as JSON': missing,
    'without a body': answered(404),
    'in plain words': answered(404, 'Service Account not found'),
  })) {
    it(`gives up a name that a deleted account retains, told ${form}`, async () => {
      const { outcome } = await creating({ [`POST ${accounts}`]: [conflict], [`GET ${one}`]: [answer] })
      expect(outcome).to.deep.equal({ kind: 'name_burnt' })
    })
  }

  it('knows nothing when the name is taken and nobody says by whom', async () => {
    for (const failure of [lost, answered(404, '<html></html>'), answered(403), page]) {
      const { outcome } = await creating({ [`POST ${accounts}`]: [conflict], [`GET ${one}`]: [failure] })
      expect(outcome).to.have.property('kind', 'unknown')
    }
  })

  it('reports what the vendor refuses as refused before anything was made', async () => {
    const refused = async (answer: HttpResult) => (await creating({ [`POST ${accounts}`]: [answer] })).outcome
    expect(await refused(answered(401))).to.deep.equal({
      kind: 'refused',
      problem: 'administrator_refused',
      firstStep: true,
    })
    expect(await refused(answered(403, { message: 'Forbidden' }))).to.deep.equal({
      kind: 'refused',
      problem: 'administrator_refused',
      firstStep: true,
    })
    expect(await refused(answered(404))).to.deep.equal({ kind: 'refused', problem: 'request_refused', firstStep: true })
    expect(await refused(answered(429))).to.include({ kind: 'refused', problem: 'throttled' })
  })

  it('knows nothing after a gateway, and does not ask again', async () => {
    for (const result of [
      lost,
      answered(500, {}),
      answered(502, ''),
      answered(503, '<html></html>'),
      answered(403, '<html></html>'),
    ]) {
      const { outcome, calls } = await creating({ [`POST ${accounts}`]: [result] })
      expect(outcome).to.have.property('kind', 'unknown')
      expect(calls).to.deep.equal([`POST ${accounts}`])
    }
  })
})

describe('the RHIT client: delete', () => {
  it('deletes its own account after having seen its marker', async () => {
    for (const answer of [answered(204), answered(200)]) {
      const { http, remove } = setUp({ [`GET ${one}`]: [answered(200, account)], [`DELETE ${one}`]: [answer] })
      expect(await remove()).to.deep.equal({ kind: 'deleted' })
      expect(http.calls).to.deep.equal([`GET ${one}`, `DELETE ${one}`])
    }
  })

  it("leaves another's account alone", async () => {
    const { http, remove } = setUp({ [`GET ${one}`]: [answered(200, foreign)] })
    expect(await remove()).to.deep.equal({ kind: 'absent', evidence: 'foreign_object' })
    expect(http.calls).to.deep.equal([`GET ${one}`])
  })

  it('believes that an account is gone when it is not found between two reads that find the control', async () => {
    const { http, remove } = setUp({ [`GET ${one}`]: [missing], [`GET ${control}`]: [answered(200, controlAccount)] })
    expect(await remove()).to.deep.equal({ kind: 'absent', evidence: 'controlled_read' })
    expect(http.calls.slice(-3)).to.deep.equal([`GET ${control}`, `GET ${one}`, `GET ${control}`])
  })

  it('believes it too when the delete itself finds nothing', async () => {
    const { remove } = setUp({
      [`GET ${one}`]: [answered(200, account), missing],
      [`DELETE ${one}`]: [missing],
      [`GET ${control}`]: [answered(200, controlAccount)],
    })
    expect(await remove()).to.deep.equal({ kind: 'absent', evidence: 'controlled_read' })
  })

  it('believes nothing when the control is lost in between', async () => {
    const { remove } = setUp({
      [`GET ${one}`]: [missing],
      [`GET ${control}`]: [answered(200, controlAccount), missing],
    })
    expect(await remove()).to.deep.equal({ kind: 'absent_unproved' })
  })

  it('believes nothing when the account shows again', async () => {
    const seen = (again: object) =>
      setUp({
        [`GET ${one}`]: [missing, answered(200, again)],
        [`GET ${control}`]: [answered(200, controlAccount)],
      }).remove()
    expect(await seen(account)).to.deep.equal({ kind: 'absent_unproved' })
    expect(await seen(foreign)).to.deep.equal({ kind: 'absent', evidence: 'foreign_object' })
  })

  it('makes the control where there is none', async () => {
    const second = `${accounts}/${secondControl}`
    const third = `${accounts}/${rhitControlNames('here')[2] ?? ''}`
    const { http, remove } = setUp({
      [`GET ${one}`]: [missing],
      [`GET ${control}`]: [missing],
      [`GET ${second}`]: [missing, answered(200, { ...controlAccount, name: secondControl })],
      [`GET ${third}`]: [missing],
      [`POST ${accounts}`]: [conflict, answered(201)],
    })
    expect(await remove(), 'the first name is retained by a control that somebody deleted').to.deep.equal({
      kind: 'absent',
      evidence: 'controlled_read',
    })
    expect(http.calls.filter((call) => call.startsWith('POST'))).to.have.length(2)
  })

  it("takes no other's account for its control", async () => {
    const second = `${accounts}/${secondControl}`
    const { http, remove } = setUp({
      [`GET ${one}`]: [missing],
      [`GET ${control}`]: [answered(200, { ...controlAccount, description: controlMarkerOf('elsewhere') })],
      [`GET ${second}`]: [answered(200, { ...controlAccount, name: secondControl })],
    })
    expect(await remove()).to.deep.equal({ kind: 'absent', evidence: 'controlled_read' })
    expect(http.calls.slice(-3)).to.deep.equal([`GET ${second}`, `GET ${one}`, `GET ${second}`])
  })

  it('proves nothing when no control can be made', async () => {
    const without = (answer: HttpResult) =>
      setUp({
        [`GET ${one}`]: [missing],
        ...Object.fromEntries(rhitControlNames('here').map((name) => [`GET ${accounts}/${name}`, [missing]])),
        [`POST ${accounts}`]: [answer],
      }).remove()
    expect(await without(conflict)).to.deep.equal({ kind: 'absent_unproved' })
    expect(await without(answered(403))).to.include({ kind: 'refused', problem: 'administrator_refused' })
  })

  it('makes no second control when it cannot see who has the name of the first', async () => {
    const { http, remove } = setUp({
      [`GET ${one}`]: [missing],
      ...Object.fromEntries(rhitControlNames('here').map((name) => [`GET ${accounts}/${name}`, [missing]])),
      [`GET ${control}`]: [missing, lost],
      [`POST ${accounts}`]: [conflict, answered(201)],
    })
    expect(await remove()).to.deep.equal(lost)
    expect(http.calls.filter((call) => call.startsWith('POST'))).to.have.length(1)
  })

  it('passes on what kept it from looking', async () => {
    expect(await setUp({ [`GET ${one}`]: [lost] }).remove()).to.deep.equal(lost)
    expect(await setUp({ [`GET ${one}`]: [missing], [`GET ${control}`]: [lost] }).remove()).to.deep.equal(lost)
    expect(
      await setUp({ [`GET ${one}`]: [missing], [`GET ${control}`]: [answered(200, controlAccount), lost] }).remove(),
    ).to.deep.equal(lost)
    expect(await setUp({ [`GET ${one}`]: [answered(200, account)], [`DELETE ${one}`]: [page] }).remove()).to.deep.equal(
      { kind: 'unknown', problem: 'unreadable_answer' },
    )
    expect(await setUp({ [`GET ${one}`]: [page] }).remove()).to.deep.equal({
      kind: 'unknown',
      problem: 'unreadable_answer',
    })
  })
})

describe('the RHIT client: read and check', () => {
  it('shows its own account with its password, and of others only that they are there', async () => {
    expect(await setUp({ [`GET ${one}`]: [answered(200, account)] }).read()).to.deep.include({
      kind: 'found',
      ours: true,
      username: '|one',
      token: secretText('CANARYPASSWORD'),
    })
    expect(await setUp({ [`GET ${one}`]: [answered(200, foreign)] }).read()).to.include({
      kind: 'found',
      ours: false,
      token: undefined,
    })
  })

  it('says whether the control vouches for an absence, and makes none for it', async () => {
    expect(
      await setUp({ [`GET ${one}`]: [missing], [`GET ${control}`]: [answered(200, controlAccount)] }).read(),
    ).to.deep.equal({ kind: 'absent', controlled: true })
    const none = Object.fromEntries(rhitControlNames('here').map((name) => [`GET ${accounts}/${name}`, [missing]]))
    expect(await setUp({ [`GET ${one}`]: [missing], ...none }).read()).to.deep.equal({
      kind: 'absent',
      controlled: false,
    })
  })

  it('believes no answer that is about another account', async () => {
    expect(await setUp({ [`GET ${one}`]: [answered(200, { ...account, name: 'two' })] }).read()).to.deep.equal({
      kind: 'unknown',
      problem: 'unreadable_answer',
    })
  })

  it('promises no immediate effect of a delete, since the vendor promises none', () => {
    expect(setUp({}).client.capabilities.deleteConsistency).to.equal('eventual')
  })

  it('cannot list', () => {
    expect(setUp({}).client.listCredentials).to.equal(undefined)
  })

  it('checks its access by reading the control, there or not', async () => {
    const check = (result: HttpResult) => setUp({ [`GET ${control}`]: [result] }).client.checkAccess(until(Infinity))()
    expect(await check(missing)).to.deep.equal({ kind: 'working' })
    expect(await check(answered(200, controlAccount))).to.deep.equal({ kind: 'working' })
    expect(await check(answered(403))).to.deep.equal({ kind: 'failing', problem: 'administrator_refused' })
    expect(await check(answered(404, '<html></html>'))).to.deep.equal({ kind: 'failing', problem: 'unreadable_answer' })
  })
})
