// Here and not beside a source file because it plays the whole server against an API server.
import { type ACluster, aCluster, reviewerToken } from '@pull-secret/auth-kubernetes/testing'
import type { RefusedCaller } from '@pull-secret/domain'
import { type Operation, type OperationId, operations } from '@pull-secret/wire'
import { expect } from 'chai'
import { type AServer, startServer } from './a-server.ts'
import { ask, type Received } from './ask.ts'

const audience = 'hyperfleet-api'
const clusterId = 'cls-abc123'
const past = Date.now() - 60_000

const table: Readonly<Record<string, Operation>> = operations
const guarded = Object.entries(table).flatMap(([id, { permission }]) =>
  permission === 'anonymous' ? [] : [{ id: id as OperationId, permission }],
)
const open = Object.keys(table).filter((id) => table[id]?.permission === 'anonymous')

const isAboutCluster = (id: OperationId): boolean => operations[id].path.includes('{cluster_id}')

const urlOf = (id: string): string =>
  (table[id]?.path ?? '').replace('{cluster_id}', clusterId).replaceAll(/\{\w+\}/g, 'recovery')

const username = (id: OperationId): string => `system:serviceaccount:callers:${id.toLowerCase()}`

/** A token of the caller who uses this operation alone, so that nobody profits from what is known of another. */
const tokenOf = (id: OperationId, claims: object = {}): string =>
  [{ alg: 'none' }, { sub: username(id), ...claims }, 'signature']
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')

const expiredTokenOf = (id: OperationId): string => tokenOf(id, { exp: Math.floor(past / 1000) })

/** The API server vouched for the name, or the token alone states it. */
const proven = (id: OperationId): RefusedCaller => ({ name: username(id), isProven: true })
const stated = (id: OperationId): RefusedCaller => ({ name: username(id), isProven: false })

const bearer = (id: OperationId): string => `Bearer ${tokenOf(id)}`

/** As docs/run-it-yourself.md documents it: what a cluster has is a subresource of it. */
const attributesOf = ({ id, permission: { verb, resource } }: (typeof guarded)[number]) => {
  if (!isAboutCluster(id)) return { group: 'hyperfleet.io', resource, verb }
  const subresource = resource === 'clusters' ? {} : { subresource: resource }
  return { group: 'hyperfleet.io', resource: 'clusters', ...subresource, verb, name: clusterId }
}

/** As a rule of RBAC names it. */
const ruleResourceOf = (operation: (typeof guarded)[number]): string => {
  const { resource, subresource } = { subresource: undefined, ...attributesOf(operation) }
  return subresource === undefined ? resource : `${resource}/${subresource}`
}

interface Known {
  readonly token?: (id: OperationId) => string
  readonly audiences?: ReadonlyArray<string>
  /** Milliseconds of the calendar. */
  readonly expiresAt?: number
}

interface Case {
  /** What the API server knows before the request, and how it behaves. */
  readonly given?: (cluster: ACluster) => void | Promise<void>
  /** Null: no header. Absent: the caller's own token. */
  readonly authorization?: (id: OperationId) => string | null
  /** Status and code, `let in`, or `cannot ask`. */
  readonly outcome: string
  /** The reviews that the API server read about the caller. */
  readonly reviews: ReadonlyArray<'TokenReview' | 'SubjectAccessReview'>
  /** How many reviews were sent about each caller, read or not. */
  readonly sent: number
  /** Of whom the audit is told; absent: the request leaves no record there. */
  readonly audited?: (id: OperationId) => RefusedCaller
}

const knowing =
  ({ token = tokenOf, ...account }: Known = {}) =>
  (cluster: ACluster): void =>
    guarded.forEach(({ id }) =>
      cluster.server().addAccount({ token: token(id), username: username(id), audiences: [audience], ...account }),
    )

const allowing =
  (resourceNames: (id: OperationId) => ReadonlyArray<string> = () => []) =>
  (cluster: ACluster): void => {
    knowing()(cluster)
    for (const operation of guarded) {
      const { id, permission } = operation
      cluster.server().addRule({
        user: username(id),
        apiGroups: ['hyperfleet.io'],
        resources: [ruleResourceOf(operation)],
        verbs: [permission.verb],
        resourceNames: resourceNames(id),
      })
    }
  }

const striking =
  (act: (cluster: ACluster) => void | Promise<void>) =>
  async (cluster: ACluster): Promise<void> => {
    allowing()(cluster)
    await act(cluster)
  }

const pastEveryCache = 10_001

const refused = '401 HYPERFLEET-AUT-002'
const away = 'cannot ask'

const cases: Readonly<Record<string, Case>> = {
  'no token': { authorization: () => null, outcome: '401 HYPERFLEET-AUT-001', reviews: [], sent: 0 },
  'another scheme': {
    authorization: () => 'Basic b3BlcmF0b3I6',
    outcome: '401 HYPERFLEET-AUT-001',
    reviews: [],
    sent: 0,
  },
  'garbage that is no token': { authorization: () => 'Bearer {"a": 1}', outcome: refused, reviews: [], sent: 0 },
  'garbage that might be a token': {
    authorization: (id) => `Bearer ${id}`,
    outcome: refused,
    reviews: ['TokenReview'],
    sent: 1,
  },
  'a token that the API server does not know': {
    outcome: refused,
    reviews: ['TokenReview'],
    sent: 1,
    audited: stated,
  },
  'an expired token': {
    authorization: (id) => `Bearer ${expiredTokenOf(id)}`,
    given: knowing({ token: expiredTokenOf, expiresAt: past }),
    outcome: '401 HYPERFLEET-AUT-003',
    reviews: ['TokenReview'],
    sent: 1,
    audited: stated,
  },
  'the wrong audience': {
    given: knowing({ audiences: ['another-api'] }),
    outcome: refused,
    reviews: ['TokenReview'],
    sent: 1,
    audited: stated,
  },
  'a caller who is allowed': {
    given: allowing(),
    outcome: 'let in',
    reviews: ['TokenReview', 'SubjectAccessReview'],
    sent: 2,
  },
  'a caller who is allowed for this cluster alone': {
    given: allowing((id) => (isAboutCluster(id) ? [clusterId] : [])),
    outcome: 'let in',
    reviews: ['TokenReview', 'SubjectAccessReview'],
    sent: 2,
  },
  'a caller who is forbidden': {
    given: knowing(),
    outcome: '403 HYPERFLEET-AUZ-001',
    reviews: ['TokenReview', 'SubjectAccessReview'],
    sent: 2,
    audited: proven,
  },
  'a caller who is allowed for another cluster': {
    given: allowing(() => ['cls-another1']),
    outcome: '403 HYPERFLEET-AUZ-001',
    reviews: ['TokenReview', 'SubjectAccessReview'],
    sent: 2,
    audited: proven,
  },
  'an account that is deleted': {
    given: striking((cluster) => {
      guarded.forEach(({ id }) => cluster.server().removeAccount(tokenOf(id)))
      cluster.pass(pastEveryCache)
    }),
    outcome: refused,
    reviews: ['TokenReview'],
    sent: 1,
    audited: stated,
  },
  'an API server that is down': {
    given: striking((cluster) => cluster.stopServer()),
    outcome: away,
    reviews: [],
    sent: 0,
  },
  'an API server that is slow': {
    given: striking((cluster) =>
      cluster.server().faults.add({ operation: 'tokenReview', fault: { kind: 'hang' }, times: guarded.length }),
    ),
    outcome: away,
    reviews: [],
    sent: 1,
  },
  'an API server that is slow to say what a caller may do': {
    given: striking((cluster) =>
      cluster.server().faults.add({ operation: 'subjectAccessReview', fault: { kind: 'hang' }, times: guarded.length }),
    ),
    outcome: away,
    reviews: ['TokenReview'],
    sent: 2,
  },
  'an API server that does not know us': {
    given: striking((cluster) => cluster.server().setReviewer(reviewerToken, undefined)),
    outcome: away,
    reviews: [],
    sent: 1,
  },
  'an API server that refuses us': {
    given: striking((cluster) => cluster.server().setReviewer(reviewerToken, false)),
    outcome: away,
    reviews: [],
    sent: 1,
  },
  'an API server that cannot decide': {
    given: striking((cluster) => cluster.server().failEvaluation('webhook failed')),
    outcome: away,
    reviews: ['TokenReview', 'SubjectAccessReview'],
    sent: 2,
  },
}

/** Other parts may be unavailable too, with the same code. */
const isAway = ({ status, headers, json }: Received): boolean =>
  status === 503 && Number(headers['retry-after']) > 0 && /caller cannot be authenticated/.test(String(json['detail']))

const outcomeOf = (received: Received): string => {
  if (isAway(received)) return away
  return [401, 403].includes(received.status) ? `${String(received.status)} ${String(received.json['code'])}` : 'let in'
}

interface Spec {
  readonly token?: string
  readonly user?: string
  readonly resourceAttributes?: object
}

const refusalOf = ({ id, permission }: (typeof guarded)[number], caller: RefusedCaller) => ({
  caller,
  request: { ...permission, clusterId: isAboutCluster(id) ? clusterId : undefined },
})

const ofEach = <A>(value: (operation: (typeof guarded)[number]) => A): Readonly<Record<string, A>> =>
  Object.fromEntries(guarded.map((operation) => [operation.id, value(operation)]))

describe('an operation under Kubernetes access, given', () => {
  let cluster: ACluster
  let server: AServer
  beforeEach(async () => {
    cluster = await aCluster({}, { audiences: [audience] })
    const { authenticator, policy } = cluster.access
    server = await startServer({
      change: (root) => ({ ...root, access: { ...root.access, authenticator, policy } }),
    })
  })
  afterEach(async () => {
    await server.stop()
    await cluster.close()
  })

  const call = (id: OperationId, authorization: string | null): Promise<Received> =>
    ask(server.url, urlOf(id), {
      method: operations[id].method,
      token: null,
      headers: authorization === null ? {} : { Authorization: authorization },
    })

  const callEach = async (authorization: (id: OperationId) => string | null) => {
    const answers = await Promise.all(guarded.map(({ id }) => call(id, authorization(id))))
    return Object.fromEntries(guarded.map(({ id }, index) => [id, outcomeOf(answers[index] as Received)]))
  }

  const reviewsOf = (id: OperationId, token: string) =>
    cluster
      .server()
      .reviews()
      .map(({ kind, spec }) => ({ kind, spec: spec as Spec }))
      .filter(({ spec }) => spec.token === token || spec.user === username(id))

  const sent = (): number =>
    Object.values(cluster.server().stats()).reduce((total, { received }) => total + received, 0)

  for (const [name, { given, authorization = bearer, outcome, reviews, sent: sentToEach, audited }] of Object.entries(
    cases,
  ))
    it(name, async () => {
      await given?.(cluster)
      expect(await callEach(authorization)).to.deep.equal(ofEach(() => outcome))
      const tokens = ofEach(({ id }) => authorization(id)?.replace('Bearer ', '') ?? '')
      expect(ofEach(({ id }) => reviewsOf(id, tokens[id] ?? '').map(({ kind }) => kind))).to.deep.equal(
        ofEach(() => reviews),
      )
      expect(sent()).to.equal(sentToEach * guarded.length)
      await server.root.refusals.write()
      expect(server.refused.map(({ caller, request }) => ({ caller, request }))).to.have.deep.members(
        audited === undefined ? [] : guarded.map((operation) => refusalOf(operation, audited(operation.id))),
      )
    })

  it('reviews, asks for its own verb and resource, about its cluster by name', async () => {
    allowing()(cluster)
    await callEach(bearer)
    const asked = ofEach(({ id }) => reviewsOf(id, '').map(({ spec }) => spec.resourceAttributes))
    expect(asked).to.deep.equal(ofEach((operation) => [attributesOf(operation)]))
  })

  it('a deleted account that was let in, refuses it as soon as the caches have forgotten it', async () => {
    allowing()(cluster)
    expect(await callEach(bearer)).to.deep.equal(ofEach(() => 'let in'))
    guarded.forEach(({ id }) => cluster.server().removeAccount(tokenOf(id)))
    cluster.pass(pastEveryCache)
    expect(await callEach(bearer)).to.deep.equal(ofEach(() => refused))
  })

  it('no permission to ask for, asks nobody', async () => {
    await cluster.stopServer()
    for (const id of open) {
      const received = await call(id as OperationId, null)
      expect([401, 403], id).not.to.include(received.status)
      expect(isAway(received), id).to.equal(false)
    }
    expect(sent()).to.equal(0)
  })
})
