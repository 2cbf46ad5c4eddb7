import { expect } from 'chai'
import { call, failureOf } from '../testing/call.ts'
import { partnerCode, useRhit } from '../testing/rhit-world.ts'

describe('RHIT simulator: service accounts', () => {
  const rhit = useRhit()
  const create = (name: unknown, description = 'ours') => rhit.ask('POST', '', { name, description })

  it('creates an account and shows its credentials', async () => {
    const { status, json } = await create('hyp-cls-one')
    expect(status).to.equal(200)
    expect(json).to.include({
      name: 'hyp-cls-one',
      description: 'ours',
      partnerCode,
      createdBy: partnerCode,
      lastUpdatedBy: partnerCode,
    })
    expect(json.credentials.username).to.equal('|hyp-cls-one')
    expect(json.credentials.password).to.match(/^[\w-]+\.[\w-]+\.[\w-]+$/)
    expect(new Date(json.created).toISOString()).to.equal(json.created)
    expect(json.tokenDate).to.equal(json.created)
  })

  it('gives every account a password of its own', async () => {
    const passwords = [(await create('hyp-cls-one')).json, (await create('hyp-cls-two')).json].map(
      ({ credentials }) => credentials.password,
    )
    expect(passwords[0]).not.to.equal(passwords[1])
  })

  it('reads an account back with its password', async () => {
    const created = await create('hyp-cls-one')
    const { status, json } = await rhit.ask('GET', '/hyp-cls-one')
    expect(status).to.equal(200)
    expect(json).to.deep.equal(created.json)
  })

  it('refuses a name that is there with 409', async () => {
    await create('hyp-cls-one')
    expect((await create('hyp-cls-one')).status).to.equal(409)
  })

  for (const method of ['GET', 'DELETE', 'POST'])
    it(`answers ${method} of a missing account with 404`, async () => {
      const { status, json } = await rhit.ask(method, '/missing', method === 'POST' ? {} : undefined)
      expect(status).to.equal(404)
      expect(json.message).to.equal('Service Account not found')
    })

  it('keeps the name of a deleted account: not found, and never free again', async () => {
    await create('hyp-cls-one')
    expect((await rhit.ask('DELETE', '/hyp-cls-one')).status).to.equal(204)
    expect((await rhit.ask('GET', '/hyp-cls-one')).status).to.equal(404)
    expect((await rhit.ask('DELETE', '/hyp-cls-one')).status).to.equal(404)
    expect((await rhit.ask('POST', '/hyp-cls-one', { recover: true })).status).to.equal(404)
    expect((await create('hyp-cls-one')).status).to.equal(409)
  })

  it('changes a description and keeps the password', async () => {
    const { credentials } = (await create('hyp-cls-one')).json
    const { status, json } = await rhit.ask('POST', '/hyp-cls-one', { description: 'new' })
    expect(status).to.equal(200)
    expect(json.description).to.equal('new')
    expect(json.credentials).to.deep.equal(credentials)
  })

  it('replaces the password on regenerateToken', async () => {
    const { credentials } = (await create('hyp-cls-one')).json
    const { json } = await rhit.ask('POST', '/hyp-cls-one', { regenerateToken: true })
    expect(json.credentials.password).not.to.equal(credentials.password)
  })

  for (const name of ['', 'Upper', '-lead', 'under_score', 'dot.dot', 'n'.repeat(50), 7, undefined])
    it(`refuses the name ${String(name).slice(0, 20)}`, async () => {
      expect((await create(name)).status).to.equal(400)
      expect(rhit.simulator.serviceAccounts()).to.deep.equal([])
    })

  it('takes a name of 49 characters', async () => {
    expect((await create('n'.repeat(49))).status).to.equal(200)
  })

  it('answers malformed JSON with 400', async () => {
    expect((await rhit.ask('POST', '', '{')).status).to.equal(400)
    expect((await rhit.ask('POST', '')).status).to.equal(400)
  })

  it('shows an account that somebody else made, and misses one that was removed', async () => {
    const password = rhit.simulator.addForeignServiceAccount({ name: 'foreign', description: 'not ours' })
    expect((await rhit.ask('GET', '/foreign')).json).to.deep.include({
      description: 'not ours',
      credentials: { username: '|foreign', password },
    })
    rhit.simulator.removeServiceAccount('foreign')
    expect((await rhit.ask('GET', '/foreign')).status).to.equal(404)
  })

  it('is struck by faults over TLS too', async () => {
    rhit.simulator.faults.add({ operation: 'createServiceAccount', fault: { kind: 'resetAfter' } })
    expect(await failureOf(create('hyp-cls-one'))).to.equal('ECONNRESET')
    expect(rhit.simulator.serviceAccounts()).to.have.length(1)
    rhit.simulator.faults.add({ operation: 'getServiceAccount', fault: { kind: 'lateLanding' } })
    expect(await failureOf(rhit.ask('GET', '/hyp-cls-one'))).to.equal('ECONNRESET')
  })

  it('is controlled on the docker login side, and shows no password there', async () => {
    const { credentials } = (await create('hyp-cls-one')).json
    const { status, text, json } = await rhit.askRegistry('/__simulator/state', {
      tls: { ca: rhit.authority },
      headers: { 'x-simulator': 'yes' },
    })
    expect(status).to.equal(200)
    expect(json.serviceAccounts[0]).to.include({ username: '|hyp-cls-one', deletedAt: null })
    expect(text).not.to.include(credentials.password)
  })
})

describe('RHIT simulator: client certificates', () => {
  const rhit = useRhit()

  it('refuses a caller without one at TLS', async () => {
    expect(await failureOf(rhit.ask('GET', '/one', undefined, null))).to.match(/CERTIFICATE_REQUIRED|ECONNRESET/)
  })

  it('refuses one of another authority at TLS', async () => {
    expect(await failureOf(rhit.ask('GET', '/one', undefined, rhit.stranger))).to.match(/UNKNOWN_CA|ECONNRESET/)
    expect(rhit.simulator.stats()['getServiceAccount']?.received).to.equal(0)
  })

  it('refuses the certificate of another partner with 403', async () => {
    expect((await rhit.ask('POST', '', { name: 'one' }, rhit.otherPartner)).status).to.equal(403)
    expect(rhit.simulator.serviceAccounts()).to.deep.equal([])
  })

  it('refuses the path of another partner with 403', async () => {
    const { status } = await call(`${rhit.simulator.url}/v1/partners/another-partner/service-accounts/one`, {
      tls: { ca: rhit.authority, cert: rhit.client.certificate, key: rhit.client.key },
    })
    expect(status).to.equal(403)
  })

  it('shows a server certificate that callers can check', async () => {
    const url = `${rhit.simulator.registryUrl}/v2/`
    expect(await failureOf(call(url))).to.match(/UNABLE_TO|SELF_SIGNED/)
    expect((await call(url.replace('127.0.0.1', 'localhost'), { tls: { ca: rhit.authority } })).status).to.equal(401)
  })
})
