import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { call } from '../testing/call.ts'
import { administratorToken, organization, useQuay } from '../testing/quay-world.ts'

describe('control over HTTP', () => {
  const quay = useQuay()
  const control = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = { 'x-simulator': 'yes' },
  ) => call(`${quay.simulator.url}/__simulator/${path}`, { method, headers, body })

  it('adds a fault', async () => {
    expect(
      (await control('POST', 'faults', { operation: 'createRobot', fault: { kind: 'status', status: 502 } })).status,
    ).to.equal(204)
    expect((await quay.ask('PUT', '/robots/one')).status).to.equal(502)
    expect((await quay.ask('PUT', '/robots/one')).status).to.equal(201)
  })

  it('clears and releases', async () => {
    await control('POST', 'faults', { operation: '*', fault: { kind: 'hang' }, probability: 1 })
    const answer = quay.ask('PUT', '/robots/one')
    await quay.simulator.faults.untilHeld(1)
    expect((await control('POST', 'faults', { action: 'clear' })).status).to.equal(204)
    expect((await control('POST', 'faults', { action: 'release' })).json).to.deep.equal({ released: 1 })
    expect((await answer).status).to.equal(201)
    expect((await quay.ask('GET', '/robots/one')).status).to.equal(200)
  })

  for (const [wrongField, body] of Object.entries({
    fault: { operation: 'createRobot' },
    'fault.kind': { operation: 'createRobot', fault: { kind: 'explode' } },
    'fault.status': { operation: 'createRobot', fault: { kind: 'status', status: 'many' } },
    'fault.delayMilliseconds': { operation: 'createRobot', fault: { kind: 'delay' } },
    'fault.loud': { operation: 'createRobot', fault: { kind: 'hang', loud: true } },
    times: { operation: 'createRobot', fault: { kind: 'hang' }, times: 0 },
    probability: { operation: 'createRobot', fault: { kind: 'hang' }, probability: 2 },
    often: { operation: 'createRobot', fault: { kind: 'hang' }, often: 2 },
  }))
    it(`names the wrong field ${wrongField}`, async () => {
      const { status, json } = await control('POST', 'faults', body)
      expect(status).to.equal(400)
      expect(json.message).to.equal(`wrong field: ${wrongField}`)
    })

  it('refuses an unknown operation and bad JSON', async () => {
    expect((await control('POST', 'faults', { operation: 'craete', fault: { kind: 'hang' } })).status).to.equal(400)
    expect((await control('POST', 'faults', '{')).status).to.equal(400)
  })

  it('shows the state without tokens, with their fingerprints', async () => {
    const token = (await quay.ask('PUT', '/robots/one', { body: { description: 'ours' } })).json.token
    const { json, text } = await control('GET', 'state')
    expect(json.robots[0]).to.include({
      name: `${organization}+one`,
      description: 'ours',
      token_sha256: createHash('sha256').update(token).digest('hex'),
    })
    expect(text).not.to.include(token)
    expect(text).not.to.include(administratorToken)
  })

  it('counts calls', async () => {
    await quay.ask('PUT', '/robots/one')
    const { json } = await control('GET', 'stats')
    expect(json.operations).to.deep.include({ createRobot: { received: 1, acted: 1 } })
    expect(json.operations).to.deep.include({ deleteRobot: { received: 0, acted: 0 } })
    expect(json.held).to.equal(0)
  })

  it('expires and restores an administrator token', async () => {
    const state = (name: string) => control('POST', 'administrator-token', { token: administratorToken, state: name })
    expect((await state('expired')).status).to.equal(204)
    expect((await quay.ask('GET', '/robots')).status).to.equal(401)
    expect((await state('valid')).status).to.equal(204)
    expect((await quay.ask('GET', '/robots')).status).to.equal(200)
    expect((await state('asleep')).status).to.equal(400)
  })

  it('is not there without its header', async () => {
    expect((await control('GET', 'state', undefined, {})).status).to.equal(404)
    expect((await control('GET', 'stats', undefined, { 'x-simulator': 'no' })).status).to.equal(404)
  })

  it('is not struck by faults itself', async () => {
    quay.simulator.faults.add({ operation: '*', fault: { kind: 'resetBefore' }, probability: 1 })
    expect((await control('GET', 'state')).status).to.equal(200)
  })
})
