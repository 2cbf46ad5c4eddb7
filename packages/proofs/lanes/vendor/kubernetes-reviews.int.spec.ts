import { type KubernetesAccess, openKubernetesAccess } from '@pull-secret/auth-kubernetes'
import { type AccessRequest, secretText, type Subject } from '@pull-secret/domain'
import { type KubernetesSimulator, startKubernetesSimulator } from '@pull-secret/registry-simulators/kubernetes'
import { type Operation, operations } from '@pull-secret/wire'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { getGlobalDispatcher } from 'undici'
import type { ApiDescription, Schema } from '../src/vendor/api-description.ts'
import { describedExchanges } from '../src/vendor/described-exchanges.ts'
import type { Exchange } from '../src/vendor/exchange.ts'
import { fullExample } from '../src/vendor/full-example.ts'
import { withKindsOfKubernetes } from '../src/vendor/kubernetes-description.ts'
import { misspellingsOf } from '../src/vendor/misspellings.ts'
import { passedOnTo, type Recorder, startRecorder, type Told } from '../src/vendor/recorder.ts'
import { requireDescription } from '../src/vendor/vendor-descriptions.ts'

const reviewer = 'reviewer'
const audience = 'hyperfleet-api'
const tokenReviews = '/apis/authentication.k8s.io/v1/tokenreviews'
const accessReviews = '/apis/authorization.k8s.io/v1/subjectaccessreviews'

const known = {
  token: 'token-of-adapter',
  username: 'system:serviceaccount:hyperfleet-system:gcp-adapter',
  uid: '0c1f2a52-0000-4000-8000-000000000001',
  groups: ['system:serviceaccounts'],
  extra: { 'authentication.kubernetes.io/pod-name': ['gcp-adapter-0'] },
}
const accounts = [
  known,
  { token: 'token-of-user', username: 'user' },
  { token: 'token-for-us', username: 'user', audiences: [audience] },
  { token: 'expired-token', username: 'user', expiresAt: 0 },
]
const rules = [{ user: known.username, apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]

const table: Readonly<Record<string, Operation>> = operations
/** What the service asks for any of its operations. */
const everyRequest = Object.values(table).flatMap(({ path, permission }): ReadonlyArray<AccessRequest> => {
  if (permission === 'anonymous') return []
  return [path.includes('{cluster_id}') ? { ...permission, clusterId: 'cls-abc123' } : permission]
})

const aRequest: AccessRequest = { verb: 'get', resource: 'metrics' }

/** Keys of these maps are anybody's to choose. */
const isFree = (path: string): boolean => /(^|\.)extra\.[^.]+/.test(path)

// Refusals (401, 403, 429) are not looked at: the descriptions leave their body out, and the adapter reads the status.
describe('the reviews of Kubernetes', () => {
  let description: ApiDescription
  let simulator: KubernetesSimulator
  const opened: Array<{ readonly close: () => Promise<void> }> = []

  before(function () {
    const [authentication, authorization] = ['authentication', 'authorization'].map((group) =>
      requireDescription(this, `k8s-${group}-v1-openapi.json`),
    )
    description = withKindsOfKubernetes({
      paths: { ...authentication?.paths, ...authorization?.paths },
      components: { schemas: { ...authentication?.components.schemas, ...authorization?.components.schemas } },
    })
  })
  beforeEach(async () => {
    simulator = await startKubernetesSimulator({ reviewerTokens: [reviewer], accounts, rules })
    opened.push(simulator)
  })
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close()
  })

  const record = async (answer: Parameters<typeof startRecorder>[0]): Promise<Recorder> => {
    const recorder = await startRecorder(answer)
    opened.push(recorder)
    return recorder
  }
  const accessThrough = ({ url }: Recorder, audiences: ReadonlyArray<string> = []): KubernetesAccess =>
    openKubernetesAccess({
      connection: {
        server: url,
        reach: () => Promise.resolve({ dispatcher: getGlobalDispatcher(), authorization: `Bearer ${reviewer}` }),
        close: () => Promise.resolve(),
      },
      clock: { now: () => Date.now(), monotonic: () => performance.now() },
      audiences,
      onProblem: () => undefined,
    })

  /** Everything that the adapter sends to the simulator, and everything that the simulator answers. */
  const everyExchange = async (): Promise<ReadonlyArray<Exchange>> => {
    const recorder = await record(passedOnTo(simulator.url))
    const { authenticator, policy, check } = accessThrough(recorder)
    const authenticate = async (token: string): Promise<Subject | undefined> => {
      const answer = await authenticator.authenticate(secretText(token))()
      return E.isRight(answer) ? answer.right : undefined
    }
    const adapter = await authenticate(known.token)
    const user = await authenticate('token-of-user')
    expect([adapter?.name, user?.name]).to.deep.equal([known.username, 'user'])
    for (const token of ['token-for-us', 'expired-token', 'stranger'])
      expect(await authenticate(token), token).to.equal(undefined)
    const ours = accessThrough(recorder, [audience]).authenticator
    expect(E.isRight(await ours.authenticate(secretText('token-for-us'))())).to.equal(true)
    expect(E.isRight(await ours.authenticate(secretText(known.token))())).to.equal(false)
    for (const subject of [adapter, user, { name: 'nobody' }].filter((one) => one !== undefined))
      for (const request of everyRequest)
        expect(E.isRight(await policy.authorize(subject, request)())).to.equal(subject.name === known.username)
    expect((await check()).problem).to.equal(undefined)
    simulator.failEvaluation('webhook is down')
    const undecided = await accessThrough(recorder).policy.authorize({ name: 'nobody' }, aRequest)()
    expect(undecided).to.have.nested.property('left.code', 'ACCESS_UNAVAILABLE')
    return recorder.exchanges()
  }

  it('are asked by the adapter, and answered by the simulator, as Kubernetes describes them', async () => {
    const faultsOf = describedExchanges(description)
    const exchanges = await everyExchange()
    expect(exchanges.flatMap(faultsOf)).to.deep.equal([])
    expect([...new Set(exchanges.map(({ path }) => path))]).to.deep.equal([tokenReviews, accessReviews])
  })

  it('would be found at fault for any misspelt field', async () => {
    const faultsOf = describedExchanges(description)
    const exchanges = await everyExchange()
    const unnoticed = exchanges.flatMap((exchange) =>
      (['requestBody', 'answerBody'] as const).flatMap((side) =>
        misspellingsOf(exchange[side])
          .filter(({ path, body }) => !isFree(path) && faultsOf({ ...exchange, [side]: body }).length === 0)
          .map(({ path }) => `${side}.${path}`),
      ),
    )
    expect(unnoticed).to.deep.equal([])
  })

  describe('are read by the adapter from the fields that Kubernetes describes:', () => {
    const answerSchema = (path: string): Schema =>
      description.paths[path]?.['post']?.responses['201']?.content?.['application/json']?.schema ?? {}

    /** Everything that can be answered, but for these parts of the status. */
    const answering = (path: string, status: Readonly<Record<string, unknown>>): Promise<Recorder> => {
      const whole = fullExample(description, answerSchema(path)) as { readonly status: object }
      const answerBody = { ...whole, status: { ...whole.status, ...status } }
      const told: Told = { status: 201, mediaType: 'application/json', answerBody }
      expect(describedExchanges(description)({ method: 'POST', path, requestBody: whole, ...told })).to.deep.equal([])
      return record(() => Promise.resolve(told))
    }

    it('who holds a token, and for which audience', async () => {
      const { authenticator } = accessThrough(await answering(tokenReviews, {}), ['status.audiences'])
      expect(await authenticator.authenticate(secretText('token'))()).to.deep.equal(
        E.right({
          name: 'status.user.username',
          uid: 'status.user.uid',
          groups: ['status.user.groups'],
          extra: { key: ['status.user.extra.key'] },
        }),
      )
      const others = accessThrough(await answering(tokenReviews, {}), ['other']).authenticator
      expect(await others.authenticate(secretText('token'))()).to.have.nested.property('left.code', 'NOT_AUTHENTICATED')
      const refused = accessThrough(await answering(tokenReviews, { authenticated: false })).authenticator
      expect(await refused.authenticate(secretText('token'))()).to.have.nested.property(
        'left.code',
        'NOT_AUTHENTICATED',
      )
    })

    const statuses: ReadonlyArray<readonly [status: Readonly<Record<string, boolean | string>>, answer: string]> = [
      [{ denied: false }, 'allowed'],
      [{}, 'NOT_ALLOWED'],
      [{ allowed: false }, 'NOT_ALLOWED'],
      [{ allowed: false, denied: false }, 'ACCESS_UNAVAILABLE'],
      [{ allowed: false, denied: false, evaluationError: '' }, 'NOT_ALLOWED'],
    ]
    for (const [status, answer] of statuses) {
      it(`what a caller may do, where the status has ${JSON.stringify(status)}`, async () => {
        const { policy } = accessThrough(await answering(accessReviews, status))
        const told = await policy.authorize({ name: 'user' }, aRequest)()
        expect(E.isRight(told) ? 'allowed' : told.left.code).to.equal(answer)
      })
    }
  })
})
