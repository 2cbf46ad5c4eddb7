import { markerOf, type RegistryClient, secretText } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { makeInMemoryClock, makeSilentLogger } from '@pull-secret/in-memory'
import { type HttpClient, makeHttpClient } from '@pull-secret/registry-http'
import { everyTurn } from '@pull-secret/registry-http/testing'
import { useVendorAnswers } from '@pull-secret/registry-http/testing/vendor-answers'
import { expect } from 'chai'
import { makeQuayClient } from './quay-client.ts'

const server = 'https://quay.example.com'
const robots = '/api/v1/organization/acme/robots'
const marker = markerOf('here', 'c-1')
const unreadable = { kind: 'unknown', problem: 'unreadable_answer' }

describe('the Quay client, answered by something that no Quay says', () => {
  const clock = { ...makeInMemoryClock(), sleep: () => () => Promise.resolve() }
  const vendor = useVendorAnswers(server)
  let http: HttpClient
  let client: RegistryClient

  beforeEach(() => {
    http = makeHttpClient({ clock, logger: makeSilentLogger(), callSeconds: 5, turns: everyTurn })
    client = makeQuayClient({
      registryId: 'quay',
      deploymentId: 'here',
      clock,
      logger: makeSilentLogger(),
      callSeconds: 5,
      turns: everyTurn,
      config: { baseUrl: server, organization: 'acme', team: 'pullers', tokenFile: 'token' },
      http,
      token: { read: () => secretText('administrator') },
    })
  })
  afterEach(() => http.close())

  const object = () => ({ vendorName: 'one', marker, terms: until(clock.monotonic() + 5_000) })
  const answerRead = (...answer: readonly [status: number, body: string]): void =>
    void vendor()
      .get(`${robots}/one`)
      .reply(...answer)
  const answerList = (...answer: readonly [status: number, body: string]): void =>
    void vendor()
      .get(robots)
      .query(true)
      .reply(...answer)

  const bodies: Readonly<Record<string, string>> = {
    'cut-off JSON': '{"name": "acme+one", "descr',
    'a list in place of a robot': '[{"name": "acme+one"}]',
    'a robot without a name': '{"description": "x", "token": "CANARY"}',
    'a token that is a number': '{"name": "acme+one", "token": 7}',
    'a page': '<html>Sign in</html>',
    nothing: '',
  }
  for (const [what, body] of Object.entries(bodies)) {
    it(`reads no robot from ${what}`, async () => {
      answerRead(200, body)
      expect(await client.getCredential(object())()).to.deep.equal(unreadable)
    })

    it(`deletes nothing after a read that gave ${what}`, async () => {
      answerRead(200, body)
      expect(await client.deleteCredential(object())()).to.deep.equal(unreadable)
    })

    it(`looks again after a create that was answered with ${what}, and believes no more than it sees`, async () => {
      vendor().put(`${robots}/one`).reply(201, body)
      answerRead(400, '{"message": "Could not find robot with specified username"}')
      expect(await client.createCredential(object())()).to.deep.equal(unreadable)
    })
  }

  it('proves no absence by a list that is cut off, or of something else', async () => {
    for (const list of ['{"robots": [{"name": "acme+two"', '{"robots": {}}', '{"robots": [null]}']) {
      answerRead(400, '{"message": "Could not find robot with specified username"}')
      answerList(200, list)
      expect(await client.deleteCredential(object())(), list).to.deep.equal(unreadable)
    }
  })

  it('finds no missing robot in a refusal with other words', async () => {
    answerRead(400, '{"message": "Robot is on holiday"}')
    expect(await client.deleteCredential(object())()).to.deep.equal({
      kind: 'refused',
      problem: 'request_refused',
      firstStep: true,
    })
  })

  it('follows no redirect', async () => {
    vendor().get(robots).query(true).reply(302, '', { location: 'https://elsewhere.example.com/' })
    expect(await client.checkAccess(object().terms)()).to.deep.equal({
      kind: 'failing',
      problem: 'unreadable_answer',
    })
  })
})
