import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { markerOf, type OpenRegistry, type RegistryClient } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { makeInMemoryClock, makeSilentLogger } from '@pull-secret/in-memory'
import { everyTurn } from '@pull-secret/registry-http/testing'
import { type QuaySimulator, startQuaySimulator } from '@pull-secret/registry-simulators'
import { expect } from 'chai'
import { quayRegistry } from './quay-registry.ts'
import { quayControlName } from './quay-robot-name.ts'

describe('the Quay client against a Quay that behaves as its source says', () => {
  const clock = { ...makeInMemoryClock(), sleep: () => () => Promise.resolve() }
  const marker = markerOf('here', 'c-1')
  let directory: string
  let simulator: QuaySimulator
  let registry: OpenRegistry
  let client: RegistryClient

  const object = (vendorName = 'one') => ({ vendorName, marker, terms: until(clock.monotonic() + 5_000) })
  const create = (name?: string) => client.createCredential(object(name))()
  const remove = (name?: string) => client.deleteCredential(object(name))()
  const writeToken = (token: string): void => {
    writeFileSync(join(directory, 'token'), token)
  }

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'registry-quay-'))
    writeToken('administrator')
    simulator = await startQuaySimulator({
      organization: 'acme',
      administratorTokens: ['administrator', 'renewed-administrator'],
    })
    registry = quayRegistry.open(
      { baseUrl: simulator.url, organization: 'acme', team: 'pullers', tokenFile: join(directory, 'token') },
      {
        registryId: 'quay',
        deploymentId: 'here',
        clock,
        logger: makeSilentLogger(),
        callSeconds: 0.5,
        turns: everyTurn,
      },
    )
    client = registry.client
  })
  afterEach(async () => {
    await simulator.close()
    await registry.close()
    rmSync(directory, { recursive: true })
  })

  it('makes a robot that can log in and pull', async () => {
    const outcome = await create()
    expect(outcome.kind).to.equal('created')
    expect(simulator.robots()).to.have.length(1)
    expect(simulator.robots()[0]).to.deep.include({
      name: 'acme+one',
      description: marker,
      metadata: { marker },
      teams: ['pullers'],
    })
    if (outcome.kind === 'created')
      expect(await client.validateCredential({ ...outcome, terms: object().terms })()).to.deep.equal({
        kind: 'valid',
      })
  })

  it('says that a login of a deleted robot is invalid', async () => {
    const outcome = await create()
    await remove()
    if (outcome.kind === 'created')
      expect(await client.validateCredential({ ...outcome, terms: object().terms })()).to.deep.equal({
        kind: 'invalid',
      })
    expect(outcome.kind).to.equal('created')
  })

  it('gives the same token however often it is asked to create', async () => {
    const first = await create()
    const second = await create()
    expect(second).to.deep.equal(first)
    expect(simulator.robots()).to.have.length(1)
  })

  const byHand = { role: 'creator', description: 'by hand' }
  const headers = { authorization: 'Bearer administrator', 'content-type': 'application/json' }
  const putTeam = () =>
    fetch(`${simulator.url}/api/v1/organization/acme/team/pullers`, {
      method: 'PUT',
      headers,
      body: JSON.stringify(byHand),
    })
  const teamAtQuay = async () => {
    const answer = await fetch(`${simulator.url}/api/v1/organization/acme`, { headers })
    return ((await answer.json()) as { teams: Record<string, unknown> }).teams['pullers']
  }

  it("leaves role and description of the operator's team as they are after one wrong 404", async () => {
    await putTeam()
    simulator.faults.add({
      operation: 'addTeamMember',
      fault: { kind: 'status', status: 404, body: 'json' },
    })
    expect(await create()).to.include({ kind: 'created' })
    expect(await teamAtQuay()).to.include(byHand)
  })

  it('keeps the description of a team that somebody makes at the same moment', async () => {
    simulator.faults.add({ operation: 'putTeam', fault: { kind: 'hang' } })
    const creating = create()
    await simulator.faults.untilHeld(1)
    await putTeam()
    await simulator.faults.release()
    expect(await creating).to.include({ kind: 'created' })
    expect(await teamAtQuay()).to.include({ description: byHand.description })
  })

  it('finds its robot after the answer was lost', async () => {
    simulator.faults.add({ operation: 'createRobot', fault: { kind: 'resetAfter' } })
    expect(await create()).to.deep.equal({ kind: 'unknown', problem: 'connection_lost' })
    expect(await create()).to.include({ kind: 'created' })
    expect(simulator.robots()).to.have.length(1)
  })

  it('finds its robot after the vendor was silent', async () => {
    simulator.faults.add({ operation: 'createRobot', fault: { kind: 'hang', acts: true } })
    expect(await create()).to.deep.equal({ kind: 'unknown', problem: 'timeout' })
    expect(await create()).to.include({ kind: 'created' })
  })

  it('goes on where a grant failed', async () => {
    simulator.faults.add({ operation: 'addTeamMember', fault: { kind: 'status', status: 502 } })
    expect(await create()).to.deep.equal({ kind: 'unknown', problem: 'grant_failed', vendorId: 'acme+one' })
    expect(await create()).to.include({ kind: 'created' })
    expect(simulator.robots()[0]?.teams).to.deep.equal(['pullers'])
  })

  it('gives up a name that another holds, and leaves it alone', async () => {
    simulator.addForeignRobot({ shortName: 'one', description: 'somebody' })
    expect(await create()).to.deep.equal({ kind: 'name_burnt' })
    expect(await remove()).to.deep.equal({ kind: 'absent', evidence: 'foreign_object' })
    expect(simulator.robots()).to.have.length(1)
  })

  it('is refused with an expired token, and works as soon as the file holds another', async () => {
    simulator.expireAdministratorToken('administrator')
    expect(await create()).to.deep.equal({ kind: 'refused', problem: 'administrator_refused', firstStep: true })
    expect(await client.checkAccess(object().terms)()).to.deep.equal({
      kind: 'failing',
      problem: 'administrator_refused',
    })
    writeToken('renewed-administrator')
    expect(await client.checkAccess(object().terms)()).to.deep.equal({ kind: 'working' })
    expect(await create()).to.include({ kind: 'created' })
  })

  it('is throttled without a time to wait', async () => {
    simulator.faults.add({ operation: 'createRobot', fault: { kind: 'status', status: 429 } })
    expect(await create()).to.deep.equal({
      kind: 'refused',
      problem: 'throttled',
      firstStep: true,
      retryAfterSeconds: undefined,
    })
  })

  it('waits where its second step is limited, and goes on there', async () => {
    simulator.faults.add({ operation: 'addTeamMember', fault: { kind: 'status', status: 429 } })
    expect(await create()).to.include({ kind: 'created' })
    expect(simulator.stats()['createRobot']?.received).to.equal(1)
  })

  it('knows nothing after a page with status 200 and after a gateway error', async () => {
    simulator.faults.add({ operation: 'createRobot', fault: { kind: 'status', status: 200, body: 'html' } })
    expect(await create()).to.deep.equal({ kind: 'unknown', problem: 'unreadable_answer' })
    simulator.faults.add({ operation: 'createRobot', fault: { kind: 'status', status: 504 } })
    expect(await create()).to.deep.equal({ kind: 'unknown', problem: 'server_error' })
  })

  it('deletes its robot, and proves an absence by the control robot it keeps', async () => {
    await create()
    expect(await remove()).to.deep.equal({ kind: 'deleted' })
    expect(await remove()).to.deep.equal({ kind: 'absent', evidence: 'listing' })
    expect(simulator.robots().map(({ name, teams }) => [name, teams])).to.deep.equal([
      [`acme+${quayControlName('here')}`, []],
    ])
    expect(await remove()).to.deep.equal({ kind: 'absent', evidence: 'listing' })
    expect(simulator.stats()['createRobot']?.received).to.equal(2)
    expect(await client.listCredentials?.(object().terms)()).to.deep.equal({ kind: 'listed', credentials: [] })
  })

  it('lists every robot that it made', async () => {
    for (const name of ['one', 'two', 'three']) await create(name)
    const listed = await client.listCredentials?.(object().terms)()
    expect(listed?.kind === 'listed' && listed.credentials.map(({ vendorName }) => vendorName)).to.have.members([
      'one',
      'two',
      'three',
    ])
  })

  it('proves no absence with a token that lost its rights', async () => {
    simulator.setAdministratorToken('administrator', 'powerless')
    expect(await remove()).to.deep.equal({ kind: 'refused', problem: 'administrator_refused', firstStep: true })
  })

  it('sends nothing after the deadline', async () => {
    const before = simulator.stats()
    expect(await client.createCredential({ ...object(), terms: until(clock.monotonic()) })()).to.deep.equal({
      kind: 'not_sent',
      problem: 'deadline_passed',
    })
    expect(simulator.stats()).to.deep.equal(before)
  })
})
