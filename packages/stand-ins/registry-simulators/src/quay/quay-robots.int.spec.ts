import { expect } from 'chai'
import { organization, useQuay } from '../testing/quay-world.ts'

describe('Quay simulator: robots', () => {
  const quay = useQuay()
  const create = (shortName: string, body: unknown = { description: 'ours' }) =>
    quay.ask('PUT', `/robots/${shortName}`, { body })

  it('creates a robot and shows its token', async () => {
    const { status, json } = await create('one', { description: 'ours', unstructured_metadata: { row: '7' } })
    expect(status).to.equal(201)
    expect(json).to.include({ name: `${organization}+one`, description: 'ours', last_accessed: null })
    expect(json.token).to.match(/^[A-Z0-9]{64}$/)
    expect(json.created).to.match(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} -0000$/)
    expect(json.unstructured_metadata).to.deep.equal({ row: '7' })
  })

  it('creates a robot without a body, with null metadata', async () => {
    const { status, json } = await quay.ask('PUT', '/robots/bare')
    expect(status).to.equal(201)
    expect(json).to.include({ description: '', unstructured_metadata: null })
  })

  it('gives every robot a token of its own', async () => {
    const tokens = (await Promise.all(['one', 'two', 'three'].map((name) => create(name)))).map(
      ({ json }) => json.token,
    )
    expect(new Set(tokens).size).to.equal(3)
  })

  it('refuses a name that is there with 400 and leaves the robot as it was', async () => {
    const first = await create('one')
    const second = await create('one', { description: 'theirs' })
    expect(second.status).to.equal(400)
    expect(second.json).to.include({
      error_message: `Existing robot with name: ${organization}+one`,
      detail: `Existing robot with name: ${organization}+one`,
      error_type: 'invalid_request',
      title: 'invalid_request',
      status: 400,
    })
    expect((await quay.ask('GET', '/robots/one')).json).to.deep.equal(first.json)
  })

  it('lets exactly one of two racing creates win', async () => {
    const statuses = (await Promise.all([create('one'), create('one')])).map(({ status }) => status)
    expect(statuses.sort()).to.deep.equal([201, 400])
  })

  it('reads a robot back with its token and metadata', async () => {
    const created = await create('one', { unstructured_metadata: { row: '7' } })
    const { status, json } = await quay.ask('GET', '/robots/one')
    expect(status).to.equal(200)
    expect(json).to.deep.equal(created.json)
  })

  for (const method of ['GET', 'DELETE'])
    it(`answers ${method} of a missing robot with 400 and a message`, async () => {
      const { status, json } = await quay.ask(method, '/robots/missing')
      expect(status).to.equal(400)
      expect(json).to.deep.equal({ message: 'Could not find robot with specified username' })
    })

  it('deletes a robot once, with an empty answer', async () => {
    await create('one')
    const { status, text } = await quay.ask('DELETE', '/robots/one')
    expect(status).to.equal(204)
    expect(text).to.equal('')
    expect((await quay.ask('GET', '/robots/one')).status).to.equal(400)
    expect((await quay.ask('DELETE', '/robots/one')).status).to.equal(400)
  })

  it('lists robots with teams and descriptions, without tokens and metadata', async () => {
    await create('one', { description: 'ours', unstructured_metadata: { row: '7' } })
    await quay.ask('PUT', '/team/readers', { body: { role: 'member' } })
    await quay.ask('PUT', `/team/readers/members/${organization}%2Bone`)
    const { status, json } = await quay.ask('GET', '/robots?token=false&permissions=true')
    expect(status).to.equal(200)
    const [robot] = json.robots
    expect(robot).to.include({ name: `${organization}+one`, description: 'ours' })
    expect(robot?.teams.map(({ name }: { name: string }) => name)).to.deep.equal(['readers'])
    expect(robot).not.to.have.any.keys('token', 'unstructured_metadata')
  })

  it('lists tokens unless told not to, and no more robots than asked for', async () => {
    await create('one')
    await create('two')
    const { json } = await quay.ask('GET', '/robots?limit=1')
    expect(json.robots).to.have.length(1)
    expect(json.robots[0]?.token).to.match(/^[A-Z0-9]{64}$/)
  })

  it('replaces a token at once on regenerate', async () => {
    const before = (await create('one')).json.token
    const { status, json } = await quay.ask('POST', '/robots/one/regenerate')
    expect(status).to.equal(200)
    expect(json.token).not.to.equal(before)
    expect((await quay.ask('GET', '/robots/one')).json.token).to.equal(json.token)
  })

  for (const name of ['a', 'Upper', '-lead', 'trail-', 'two--hyphens', 'two__scores', 'b'.repeat(251)])
    it(`refuses the name ${name.slice(0, 20)} of ${name.length} characters`, async () => {
      expect((await create(name)).status).to.equal(400)
      expect(quay.simulator.robots()).to.deep.equal([])
    })

  for (const name of ['ab', 'hyperfleet_gcp_euwest1_0a1b', 'with.dot-and-hyphen', 'b'.repeat(250)])
    it(`takes the name ${name.slice(0, 30)} of ${name.length} characters`, async () => {
      expect((await create(name)).status).to.equal(201)
    })

  it('takes a description of 255 characters and refuses 256', async () => {
    expect((await create('fits', { description: 'd'.repeat(255) })).status).to.equal(201)
    expect((await create('long', { description: 'd'.repeat(256) })).status).to.equal(400)
  })

  it('knows one organization only', async () => {
    const { status, json } = await quay.ask('GET', '/../other/robots/one')
    expect(status).to.equal(403)
    expect(json.error_type).to.equal('insufficient_scope')
  })

  it('tells another method from another path', async () => {
    expect((await quay.ask('POST', '/robots/one', { body: {} })).status).to.equal(405)
    const unknown = await quay.ask('GET', '/nothing/here')
    expect(unknown.status).to.equal(404)
    expect(unknown.json.error_type).to.equal('not_found')
  })

  it('shows a robot that somebody else made, and misses one that was removed', async () => {
    const token = quay.simulator.addForeignRobot({ shortName: 'foreign', description: 'not ours' })
    expect((await quay.ask('GET', '/robots/foreign')).json).to.include({ token, description: 'not ours' })
    quay.simulator.removeRobot('foreign')
    expect((await quay.ask('GET', '/robots/foreign')).status).to.equal(400)
  })
})
