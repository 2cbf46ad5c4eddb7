import { markerOf, type RegistryClient } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { makeInMemoryClock, makeSilentLogger } from '@pull-secret/in-memory'
import { type HttpClient, makeHttpClient } from '@pull-secret/registry-http'
import { everyTurn } from '@pull-secret/registry-http/testing'
import { useVendorAnswers } from '@pull-secret/registry-http/testing/vendor-answers'
import { expect } from 'chai'
import { makeRhitClient } from './rhit-client.ts'

const server = 'https://api.example.com'
const accounts = '/v1/partners/hyperfleet/service-accounts'
const marker = markerOf('here', 'c-1')
const unreadable = { kind: 'unknown', problem: 'unreadable_answer' }

describe('the RHIT client, answered by something that its description does not say', () => {
  const clock = { ...makeInMemoryClock(), sleep: () => () => Promise.resolve() }
  const vendor = useVendorAnswers(server)
  let http: HttpClient
  let client: RegistryClient

  beforeEach(() => {
    http = makeHttpClient({ clock, logger: makeSilentLogger(), callSeconds: 5, turns: everyTurn })
    client = makeRhitClient({
      registryId: 'rhit',
      deploymentId: 'here',
      clock,
      logger: makeSilentLogger(),
      callSeconds: 5,
      turns: everyTurn,
      config: {
        baseUrl: server,
        collectionPath: '/v1/partners/{partner_code}/service-accounts',
        partnerCode: 'hyperfleet',
        certificateFile: 'client.pem',
        keyFile: 'client.key',
        registryUrl: 'https://registry.example.com',
        usernamePrefix: '|',
        conflictStatuses: [409],
        notFoundStatuses: [404],
      },
      management: http,
      login: http,
    })
  })
  afterEach(() => http.close())

  const object = () => ({ vendorName: 'one', marker, terms: until(clock.monotonic() + 5_000) })
  const answerRead = (status: number, body: string): void => void vendor().get(`${accounts}/one`).reply(status, body)

  const bodies: Readonly<Record<string, string>> = {
    'cut-off JSON': '{"name": "one", "descr',
    'a list in place of an account': '[{"name": "one"}]',
    'an account without a name': '{"description": "x", "credentials": {"password": "CANARY"}}',
    'credentials that are text': '{"name": "one", "credentials": "CANARY"}',
    'a page': '<html>Sign in</html>',
    nothing: '',
  }
  for (const [what, body] of Object.entries(bodies)) {
    it(`reads no account from ${what}`, async () => {
      answerRead(200, body)
      expect(await client.getCredential(object())()).to.deep.equal(unreadable)
    })

    it(`deletes nothing after a read that gave ${what}`, async () => {
      answerRead(200, body)
      expect(await client.deleteCredential(object())()).to.deep.equal(unreadable)
    })

    it(`looks again after a create that was answered with ${what}, and believes no more than it sees`, async () => {
      vendor().post(accounts).reply(200, body)
      answerRead(200, body)
      expect(await client.createCredential(object())()).to.deep.equal(unreadable)
    })
  }

  it('hands out no user name that clients would cut in two', async () => {
    const credentials = { username: '|one:two', password: 'CANARY' }
    vendor().post(accounts).reply(200, { name: 'one', description: marker, credentials })
    expect(await client.createCredential(object())()).to.deep.include(unreadable)
  })

  it('takes a page with status 404 for no answer about an account', async () => {
    answerRead(404, '<html>Not Found</html>')
    expect(await client.deleteCredential(object())()).to.deep.equal(unreadable)
  })

  it('calls nothing deleted after a page with status 200', async () => {
    answerRead(200, JSON.stringify({ name: 'one', description: marker, credentials: { password: 'CANARY' } }))
    vendor().delete(`${accounts}/one`).reply(200, '<html>Sign in</html>')
    expect(await client.deleteCredential(object())()).to.deep.equal(unreadable)
  })
})
