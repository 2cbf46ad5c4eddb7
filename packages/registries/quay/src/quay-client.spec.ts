import { inspect } from 'node:util'
import { controlMarkerOf, markerOf, secretText } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { makeInMemoryClock, makeSilentLogger } from '@pull-secret/in-memory'
import type { HttpResult, SecretFile } from '@pull-secret/registry-http'
import { answered, everyTurn, scriptedHttp } from '@pull-secret/registry-http/testing'
import { expect } from 'chai'
import { makeQuayClient } from './quay-client.ts'
import { quayControlName } from './quay-robot-name.ts'

const marker = markerOf('here', 'c-1')
const robots = '/api/v1/organization/acme/robots'
const robot = `${robots}/one`
const control = `${robots}/${quayControlName('here')}`
const member = '/api/v1/organization/acme/team/pullers/members/acme%2Bone'
const organization = '/api/v1/organization/acme'
const team = `${organization}/team/pullers`

const ours = { name: 'acme+one', description: marker, token: 'CANARYTOKEN', unstructured_metadata: { marker } }
const foreign = { name: 'acme+one', description: 'somebody else' }
const isMember = answered(200, { name: 'acme+one', kind: 'user', is_robot: true })
const missing = answered(400, { message: 'Could not find robot with specified username' })
const taken = answered(400, { error_message: 'Existing robot with name: acme+one', error_type: 'invalid_request' })
const raced = answered(400, { message: 'duplicate key value violates unique constraint "user_username"' })
const page = answered(200, '<html></html>')
const lost: HttpResult = { kind: 'unknown', problem: 'connection_lost' }
const late: HttpResult = { kind: 'not_sent', problem: 'deadline_passed' }
const listed = (...found: ReadonlyArray<object>): HttpResult => answered(200, { robots: found })

const setUp = (
  script: Parameters<typeof scriptedHttp>[0],
  token: SecretFile = { read: () => secretText('CANARYADMINISTRATOR') },
) => {
  const http = scriptedHttp(script)
  const config = { baseUrl: 'https://quay.example.com', organization: 'acme', team: 'pullers', tokenFile: 'token' }
  const client = makeQuayClient({
    registryId: 'quay',
    deploymentId: 'here',
    clock: { ...makeInMemoryClock(), monotonic: () => 0 },
    logger: makeSilentLogger(),
    callSeconds: 5,
    turns: everyTurn,
    config,
    http,
    token,
  })
  const object = { vendorName: 'one', marker, terms: until(500) }
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
    http.calls.filter((call) => call.startsWith('DELETE') || call.includes('regenerate')),
    'a create neither deletes nor regenerates',
  ).to.deep.equal([])
  expect(inspect(outcome, { depth: 9 }) + JSON.stringify(outcome)).not.to.include('CANARY')
  return { outcome, calls: http.calls }
}

const noTeam = answered(404, { error_message: 'Not Found', error_type: 'not_found' })
const showing = (teams: object): HttpResult => answered(200, { name: 'acme', teams })

describe('the Quay client: create', () => {
  const created = { kind: 'created', username: 'acme+one', vendorId: 'acme+one' }

  it('makes the robot with its marker and adds it to the team', async () => {
    const { outcome, calls } = await creating({
      [`PUT ${robot}`]: [answered(201, ours)],
      [`PUT ${member}`]: [isMember],
    })
    expect(outcome).to.include(created)
    expect(outcome)
      .to.have.property('token')
      .that.satisfies((token: ReturnType<typeof secretText>) => token.reveal() === 'CANARYTOKEN')
    expect(calls).to.deep.equal([`PUT ${robot}`, `PUT ${member}`])
  })

  it('says why a later step was not sent, and that the robot is there', async () => {
    const spent: HttpResult = { kind: 'not_sent', problem: 'budget_spent', retryAfterSeconds: 9 }
    const unsent = { kind: 'unknown', problem: 'budget_spent', vendorId: 'acme+one' }
    const made = { [`PUT ${robot}`]: [answered(201, ours)] }
    expect((await creating({ ...made, [`PUT ${member}`]: [spent] })).outcome).to.deep.equal(unsent)
    expect((await creating({ ...made, [`PUT ${member}`]: [late] })).outcome).to.include({ problem: 'deadline_passed' })
    const afterLooking = { ...made, [`PUT ${member}`]: [noTeam], [`GET ${organization}`]: [spent] }
    expect((await creating(afterLooking)).outcome).to.deep.equal(unsent)
    const afterMaking = { ...made, [`PUT ${member}`]: [noTeam], [`GET ${organization}`]: [showing({})] }
    expect((await creating({ ...afterMaking, [`PUT ${team}`]: [spent] })).outcome).to.deep.equal(unsent)
  })

  for (const [what, conflict] of Object.entries({
    'the check before the insert': taken,
    'the unique index, after a race': raced,
  })) {
    it(`takes over its own robot when ${what} found the name`, async () => {
      const { outcome } = await creating({
        [`PUT ${robot}`]: [conflict],
        [`GET ${robot}`]: [answered(200, ours)],
        [`PUT ${member}`]: [isMember],
      })
      expect(outcome).to.include(created)
    })

    it(`gives the name up to another's robot when ${what} found the name`, async () => {
      const { outcome } = await creating({ [`PUT ${robot}`]: [conflict], [`GET ${robot}`]: [answered(200, foreign)] })
      expect(outcome).to.deep.equal({ kind: 'name_burnt' })
    })

    it(`gives the name up when ${what} found it and a read does not`, async () => {
      const { outcome } = await creating({ [`PUT ${robot}`]: [conflict], [`GET ${robot}`]: [missing] })
      expect(outcome).to.deep.equal({ kind: 'name_burnt' })
    })
  }

  it('knows nothing when the name is taken and nobody says by whom', async () => {
    for (const failure of [lost, late, answered(401, '')]) {
      const { outcome } = await creating({ [`PUT ${robot}`]: [taken], [`GET ${robot}`]: [failure] })
      expect(outcome).to.have.property('kind', 'unknown')
    }
  })

  it('takes a robot over although it was already in the team', async () => {
    const already = answered(400, { message: 'User "acme+one" is already a member of team "pullers"' })
    const { outcome } = await creating({
      [`PUT ${robot}`]: [taken],
      [`GET ${robot}`]: [answered(200, ours)],
      [`PUT ${member}`]: [already],
    })
    expect(outcome).to.include(created)
  })

  it('makes the team where the organization shows none', async () => {
    const { outcome, calls } = await creating({
      [`PUT ${robot}`]: [answered(201, ours)],
      [`PUT ${member}`]: [noTeam, isMember],
      [`GET ${organization}`]: [showing({ readers: { role: 'member' } })],
      [`PUT ${team}`]: [answered(200, {})],
    })
    expect(outcome).to.include(created)
    expect(calls).to.deep.equal([
      ...[`PUT ${robot}`, `PUT ${member}`, `GET ${organization}`],
      ...[`PUT ${team}`, `PUT ${member}`],
    ])
  })

  it('never changes a team that is there, whatever one answer said', async () => {
    const { outcome, calls } = await creating({
      [`PUT ${robot}`]: [answered(201, ours)],
      [`PUT ${member}`]: [noTeam, isMember],
      [`GET ${organization}`]: [showing({ pullers: { role: 'creator', description: 'by hand' } })],
    })
    expect(outcome).to.include(created)
    expect(calls).to.deep.equal([`PUT ${robot}`, `PUT ${member}`, `GET ${organization}`, `PUT ${member}`])
  })

  const noView: ReadonlyArray<readonly [string, HttpResult]> = [
    ['without teams, as somebody who may not see them gets it', answered(200, { name: 'acme' })],
    ['as a page', page],
    ['with a refusal', answered(403, { error: 'no' })],
    ['never', lost],
  ]
  for (const [what, view] of noView) {
    it(`makes no team when the organization is shown ${what}`, async () => {
      const { outcome, calls } = await creating({
        [`PUT ${robot}`]: [answered(201, ours)],
        [`PUT ${member}`]: [noTeam],
        [`GET ${organization}`]: [view],
      })
      expect(outcome).to.deep.equal({ kind: 'unknown', problem: 'grant_failed', vendorId: 'acme+one' })
      expect(calls).to.deep.equal([`PUT ${robot}`, `PUT ${member}`, `GET ${organization}`])
    })
  }

  const notGranted: ReadonlyArray<readonly [string, HttpResult]> = [
    ['lost', lost],
    ['limited', answered(429)],
    ['refused', answered(403, { error: 'no' })],
    ['answered by a page', page],
    ['answered by a page about no team', answered(404, '<html></html>')],
  ]
  for (const [what, result] of notGranted) {
    it(`remembers the robot, to go on later, when the second step is ${what}`, async () => {
      const { outcome } = await creating({ [`PUT ${robot}`]: [answered(201, ours)], [`PUT ${member}`]: [result] })
      expect(outcome).to.deep.equal({ kind: 'unknown', problem: 'grant_failed', vendorId: 'acme+one' })
    })
  }

  const refusals: ReadonlyArray<readonly [string, HttpResult, object]> = [
    [
      'an expired token, which shows as a 403 about CSRF',
      answered(403, { error: 'CSRF token was invalid or missing.' }),
      { problem: 'administrator_refused' },
    ],
    ['a 401', answered(401, { error_type: 'invalid_token' }), { problem: 'administrator_refused' }],
    [
      'a limit without a time to wait',
      answered(429, '<html></html>'),
      { problem: 'throttled', retryAfterSeconds: undefined },
    ],
    [
      'a server that is read-only',
      answered(503, { message: 'read only', is_readonly: true }),
      { problem: 'server_error' },
    ],
  ]
  for (const [what, result, expected] of refusals) {
    it(`reports ${what} as refused before anything was made`, async () => {
      const { outcome, calls } = await creating({ [`PUT ${robot}`]: [result] })
      expect(outcome).to.deep.equal({ kind: 'refused', firstStep: true, ...expected })
      expect(calls).to.deep.equal([`PUT ${robot}`])
    })
  }

  it('reports another 400 as refused, once a read shows no robot', async () => {
    const { outcome } = await creating({
      [`PUT ${robot}`]: [answered(400, { message: 'Robot accounts have been disabled' })],
      [`GET ${robot}`]: [missing],
    })
    expect(outcome).to.deep.equal({ kind: 'refused', problem: 'request_refused', firstStep: true })
  })

  it('takes over its own robot after a 400 in words nobody knows', async () => {
    const { outcome } = await creating({
      [`PUT ${robot}`]: [answered(400, { message: '?' })],
      [`GET ${robot}`]: [answered(200, ours)],
      [`PUT ${member}`]: [isMember],
    })
    expect(outcome).to.include(created)
  })

  it('knows nothing after a gateway, and does not ask again', async () => {
    for (const result of [
      lost,
      answered(500, {}),
      answered(502, ''),
      answered(503, '<html></html>'),
      answered(504, {}),
      answered(403, '<html></html>'),
    ]) {
      const { outcome, calls } = await creating({ [`PUT ${robot}`]: [result] })
      expect(outcome).to.have.property('kind', 'unknown')
      expect(calls).to.deep.equal([`PUT ${robot}`])
    }
  })

  it('reads back after a success that cannot be read', async () => {
    const adopted = await creating({
      [`PUT ${robot}`]: [page],
      [`GET ${robot}`]: [answered(200, ours)],
      [`PUT ${member}`]: [isMember],
    })
    expect(adopted.outcome).to.include(created)
    const unread = await creating({ [`PUT ${robot}`]: [answered(201, '')], [`GET ${robot}`]: [missing] })
    expect(unread.outcome).to.deep.equal({ kind: 'unknown', problem: 'unreadable_answer' })
  })

  const notThisRobot: Readonly<Record<string, object>> = {
    'under another name': { ...ours, name: 'acme+two' },
    "with another row's marker": { ...ours, description: markerOf('here', 'c-2') },
    'without a marker': { name: 'acme+one', token: 'CANARYOTHER' },
  }
  for (const [what, shown] of Object.entries(notThisRobot)) {
    it(`believes no success that shows a robot ${what}, and reads back`, async () => {
      const { outcome, calls } = await creating({
        [`PUT ${robot}`]: [answered(201, { ...shown, token: 'CANARYOTHER' })],
        [`GET ${robot}`]: [answered(200, ours)],
        [`PUT ${member}`]: [isMember],
      })
      expect(outcome).to.include(created)
      expect('token' in outcome ? outcome.token.reveal() : '').to.equal('CANARYTOKEN')
      expect(calls).to.deep.equal([`PUT ${robot}`, `GET ${robot}`, `PUT ${member}`])
    })
  }

  it('takes no robot of another name for its own, even with its marker', async () => {
    const { outcome, calls } = await creating({
      [`PUT ${robot}`]: [answered(201, '')],
      [`GET ${robot}`]: [answered(200, { ...ours, name: 'acme+two' })],
    })
    expect(outcome).to.deep.equal({ kind: 'unknown', problem: 'unreadable_answer' })
    expect(calls).to.deep.equal([`PUT ${robot}`, `GET ${robot}`])
  })

  it('cannot take over a robot whose token the administrator is not shown', async () => {
    const { outcome } = await creating({
      [`PUT ${robot}`]: [taken],
      [`GET ${robot}`]: [answered(200, { name: 'acme+one', description: marker })],
    })
    expect(outcome).to.deep.equal({ kind: 'refused', problem: 'administrator_refused', firstStep: false })
  })

  it('sends nothing without an administrator token', async () => {
    const { http, create } = setUp({}, { read: () => undefined })
    expect(await create()).to.deep.equal({ kind: 'not_sent', problem: 'file_unusable', retryAfterSeconds: 30 })
    expect(http.calls).to.deep.equal([])
  })

  it('turns what was not foreseen into an unknown outcome', async () => {
    expect(await setUp({}).create()).to.deep.equal({ kind: 'unknown', problem: 'server_error' })
  })
})

describe('the Quay client: delete', () => {
  const other = { name: 'acme+two', description: markerOf('here', 'c-2') }

  it('deletes its own robot after having seen its marker', async () => {
    const { http, remove } = setUp({ [`GET ${robot}`]: [answered(200, ours)], [`DELETE ${robot}`]: [answered(204)] })
    expect(await remove()).to.deep.equal({ kind: 'deleted' })
    expect(http.calls).to.deep.equal([`GET ${robot}`, `DELETE ${robot}`])
  })

  it('deletes nothing after a read that shows a robot of another name', async () => {
    const { http, remove } = setUp({ [`GET ${robot}`]: [answered(200, { ...ours, name: 'acme+two' })] })
    expect(await remove()).to.deep.equal({ kind: 'unknown', problem: 'unreadable_answer' })
    expect(http.calls).to.deep.equal([`GET ${robot}`])
  })

  it("leaves another's robot alone", async () => {
    const { http, remove } = setUp({ [`GET ${robot}`]: [answered(200, foreign)] })
    expect(await remove()).to.deep.equal({ kind: 'absent', evidence: 'foreign_object' })
    expect(http.calls).to.deep.equal([`GET ${robot}`])
  })

  it('believes that a robot is gone when a listing shows another of this deployment', async () => {
    expect(await setUp({ [`GET ${robot}`]: [missing], [`GET ${robots}`]: [listed(other)] }).remove()).to.deep.equal({
      kind: 'absent',
      evidence: 'listing',
    })
  })

  it('believes it too when the robot went away between read and delete', async () => {
    const { remove } = setUp({
      [`GET ${robot}`]: [answered(200, ours)],
      [`DELETE ${robot}`]: [missing],
      [`GET ${robots}`]: [listed(other)],
    })
    expect(await remove()).to.deep.equal({ kind: 'absent', evidence: 'listing' })
  })

  it('makes the control robot where nothing vouches for the listing', async () => {
    const { http, remove } = setUp({
      [`GET ${robot}`]: [missing],
      [`PUT ${control}`]: [answered(201, {})],
      [`GET ${robots}`]: [
        listed({ name: 'acme+x', description: markerOf('elsewhere', 'c-9') }),
        listed({ name: 'acme+y', description: controlMarkerOf('here') }),
      ],
    })
    expect(await remove()).to.deep.equal({ kind: 'absent', evidence: 'listing' })
    expect(http.calls).to.deep.equal([`GET ${robot}`, `GET ${robots}`, `PUT ${control}`, `GET ${robots}`])
  })

  it('proves nothing when even the control robot is not to be seen', async () => {
    const { remove } = setUp({
      [`GET ${robot}`]: [missing],
      [`GET ${robots}`]: [listed()],
      [`PUT ${control}`]: [answered(403, {})],
    })
    expect(await remove()).to.deep.equal({ kind: 'absent_unproved' })
  })

  it('proves nothing when the listing shows what the read did not', async () => {
    const { remove } = setUp({
      [`GET ${robot}`]: [missing],
      [`GET ${robots}`]: [listed(ours, other)],
      [`PUT ${control}`]: [taken],
    })
    expect(await remove()).to.deep.equal({ kind: 'absent_unproved' })
    expect(
      await setUp({ [`GET ${robot}`]: [missing], [`GET ${robots}`]: [listed(foreign, other)] }).remove(),
    ).to.deep.equal({ kind: 'absent', evidence: 'foreign_object' })
  })

  it('takes an unreadable page neither for a robot nor for its absence', async () => {
    expect(await setUp({ [`GET ${robot}`]: [page] }).remove()).to.deep.equal({
      kind: 'unknown',
      problem: 'unreadable_answer',
    })
    expect(await setUp({ [`GET ${robot}`]: [missing], [`GET ${robots}`]: [page] }).remove()).to.deep.equal({
      kind: 'unknown',
      problem: 'unreadable_answer',
    })
    expect(
      await setUp({ [`GET ${robot}`]: [answered(200, ours)], [`DELETE ${robot}`]: [page] }).remove(),
    ).to.deep.equal({ kind: 'unknown', problem: 'unreadable_answer' })
    expect(await setUp({ [`GET ${robot}`]: [answered(404, { error_message: 'Not Found' })] }).remove()).to.include({
      kind: 'refused',
    })
  })

  it('reports a robot that a mirror uses as refused', async () => {
    const { remove } = setUp({
      [`GET ${robot}`]: [answered(200, ours)],
      [`DELETE ${robot}`]: [answered(400, { message: 'Robot is being used by a mirror' })],
    })
    expect(await remove()).to.include({ kind: 'refused', problem: 'request_refused' })
  })
})

describe('the Quay client: read, list and check', () => {
  it('shows its own robot with its token, and of others only that they are there', async () => {
    expect(await setUp({ [`GET ${robot}`]: [answered(200, ours)] }).read()).to.deep.include({
      kind: 'found',
      ours: true,
      username: 'acme+one',
      token: secretText('CANARYTOKEN'),
    })
    expect(await setUp({ [`GET ${robot}`]: [answered(200, { ...foreign, token: 'CANARY' })] }).read()).to.include({
      kind: 'found',
      ours: false,
      token: undefined,
    })
  })

  it('says whether something vouches for an absence, and makes nothing for it', async () => {
    const absent = (...found: ReadonlyArray<object>) =>
      setUp({ [`GET ${robot}`]: [missing], [`GET ${robots}`]: [listed(...found)] }).read()
    expect(await absent({ name: 'acme+two', description: markerOf('here', 'c-2') })).to.deep.equal({
      kind: 'absent',
      controlled: true,
    })
    expect(await absent()).to.deep.equal({ kind: 'absent', controlled: false })
  })

  it('lists every robot but its control, with the markers of this service', async () => {
    const { client } = setUp({
      [`GET ${robots}`]: [
        listed(
          ours,
          { name: 'acme+x', description: null },
          { name: 'acme+y', description: 'else' },
          { name: 'acme+z', description: controlMarkerOf('here') },
        ),
      ],
    })
    expect(await client.listCredentials?.(until(Infinity))()).to.deep.equal({
      kind: 'listed',
      credentials: [
        { vendorName: 'one', vendorId: 'acme+one', marker },
        { vendorName: 'x', vendorId: 'acme+x', marker: undefined },
        { vendorName: 'y', vendorId: 'acme+y', marker: undefined },
      ],
    })
  })

  it('gives no list rather than half of one', async () => {
    const list = (result: HttpResult) =>
      setUp({ [`GET ${robots}`]: [result] }).client.listCredentials?.(until(Infinity))()
    expect(await list(answered(200, { robots: [{ name: 'acme+one' }, {}] }))).to.deep.equal({
      kind: 'unknown',
      problem: 'unreadable_answer',
    })
    expect(await list(late)).to.deep.equal(late)
  })

  it('checks its access with one robot of the list', async () => {
    const check = (result: HttpResult) => setUp({ [`GET ${robots}`]: [result] }).client.checkAccess(until(Infinity))()
    expect(await check(listed())).to.deep.equal({ kind: 'working' })
    expect(await check(answered(401, {}))).to.deep.equal({ kind: 'failing', problem: 'administrator_refused' })
    expect(await check({ kind: 'not_sent', problem: 'unreachable' })).to.deep.equal({
      kind: 'failing',
      problem: 'unreachable',
    })
  })
})
