// Here and not beside a source file because it proves a suite of port-contracts, over doubles that break it.
import { type AccessPolicy, type Authenticator, secretText } from '@pull-secret/domain'
import {
  type AccessPolicySubject,
  accessPolicySuite,
  type AuthenticatorSubject,
  authenticatorSuite,
  type Grant,
} from '@pull-secret/port-contracts'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { anInMemoryAccessPolicy, anInMemoryAuthenticator } from '../in-memory-subjects.ts'
import { turnsRed } from './turns-red.ts'

type OpenAuthenticator = (holders: Readonly<Record<string, string>>) => AuthenticatorSubject

const unavailable = TE.left({ code: 'ACCESS_UNAVAILABLE' as const, retryAfterSeconds: 5 })

/** A double whose source can be cut off, and which then says so. */
const withOutage = <Subject extends AuthenticatorSubject | AccessPolicySubject>(
  subject: Subject,
  wrap: (isOut: () => boolean) => Partial<Subject>,
): Subject => {
  let isOut = false
  return {
    ...subject,
    ...wrap(() => isOut),
    cutOff: () => {
      isOut = true
      return Promise.resolve()
    },
    reconnect: () => {
      isOut = false
      return Promise.resolve()
    },
  }
}

const anAuthenticator: OpenAuthenticator = (holders) => {
  const subject = anInMemoryAuthenticator(holders)
  return withOutage(subject, (isOut) => ({
    authenticator: { authenticate: (token) => (isOut() ? unavailable : subject.authenticator.authenticate(token)) },
  }))
}

const authenticatorWith =
  (
    change: (
      authenticate: Authenticator['authenticate'],
      subject: AuthenticatorSubject,
    ) => Authenticator['authenticate'],
  ) =>
  (honest: OpenAuthenticator): OpenAuthenticator =>
  (holders) => {
    const subject = honest(holders)
    return { ...subject, authenticator: { authenticate: change(subject.authenticator.authenticate, subject) } }
  }

turnsRed<OpenAuthenticator>({
  port: 'the authenticator',
  suite: (open) => {
    authenticatorSuite((holders) => Promise.resolve(open()(holders)))
  },
  open: () => anAuthenticator,
  breakages: [
    {
      name: 'names everybody alike',
      mustFail: 'names the holder of each token',
      break: authenticatorWith(
        (authenticate) => (token) => TE.map(() => ({ name: 'system:authenticated' }))(authenticate(token)),
      ),
    },
    {
      name: 'gives the last caller its name',
      mustFail: 'gives many simultaneous callers each their own name',
      break: authenticatorWith((authenticate) => {
        let last = secretText('')
        return (token) => async () => {
          last = token
          await Promise.resolve()
          return authenticate(last)()
        }
      }),
    },
    {
      name: 'takes the name of a holder for its token',
      mustFail: 'refuses a token that it does not know',
      break: authenticatorWith(
        (authenticate) => (token) =>
          token.reveal().startsWith('system:') ? TE.right({ name: token.reveal() }) : authenticate(token),
      ),
    },
    {
      name: 'lets in whoever says nothing',
      mustFail: 'refuses an empty token',
      break: authenticatorWith(
        (authenticate) => (token) =>
          token.reveal() === '' ? TE.right({ name: 'system:anonymous' }) : authenticate(token),
      ),
    },
    {
      name: 'forgives white space',
      mustFail: 'refuses what only resembles a token',
      break: authenticatorWith((authenticate) => (token) => authenticate(secretText(token.reveal().trim()))),
    },
    {
      name: 'looks tokens up in an object',
      mustFail: 'refuses the names that every object of the language knows',
      break: authenticatorWith(
        (authenticate) => (token) => (token.reveal() in {} ? TE.right({ name: token.reveal() }) : authenticate(token)),
      ),
    },
    {
      name: 'remembers whom it has let in',
      mustFail: 'forgets a token that was withdrawn, and no other',
      break: authenticatorWith((authenticate) => {
        const known = new Map<string, string>()
        return (token) => async () => {
          const answer = await authenticate(token)()
          if (answer._tag === 'Right') known.set(token.reveal(), answer.right.name)
          const name =
            answer._tag === 'Left' && answer.left.code === 'NOT_AUTHENTICATED' ? known.get(token.reveal()) : undefined
          return name === undefined ? answer : TE.right({ name })()
        }
      }),
    },
    {
      name: 'says no while it cannot know',
      mustFail: 'says neither yes nor no while it cannot know, not even of what it knew before',
      break: authenticatorWith(
        (authenticate) => (token) =>
          TE.mapLeft(() => ({ code: 'NOT_AUTHENTICATED' as const, reason: 'invalid' as const }))(authenticate(token)),
      ),
    },
    {
      name: 'repeats what it refuses',
      mustFail: 'repeats a token to nobody',
      break: authenticatorWith(
        (authenticate) => (token) =>
          TE.mapLeft(
            (failure: { code: 'NOT_AUTHENTICATED' | 'ACCESS_UNAVAILABLE' }) =>
              ({ ...failure, token: token.reveal() }) as never,
          )(authenticate(token)),
      ),
    },
  ],
})

type OpenPolicy = (grants: ReadonlyArray<Grant>) => AccessPolicySubject

const aPolicy: OpenPolicy = (grants) => {
  const subject = anInMemoryAccessPolicy(grants)
  return withOutage(subject, (isOut) => ({
    policy: { authorize: (caller, request) => (isOut() ? unavailable : subject.policy.authorize(caller, request)) },
  }))
}

const policyWith =
  (change: (authorize: AccessPolicy['authorize']) => AccessPolicy['authorize']) =>
  (honest: OpenPolicy): OpenPolicy =>
  (grants) => {
    const subject = honest(grants)
    return { ...subject, policy: { authorize: change(subject.policy.authorize) } }
  }

/** Translates the grants wrongly. */
const grantsWith =
  (change: (grant: Grant) => ReadonlyArray<Grant>) =>
  (honest: OpenPolicy): OpenPolicy =>
  (grants) =>
    honest(grants.flatMap(change))

turnsRed<OpenPolicy>({
  port: 'the access policy',
  suite: (open) => {
    accessPolicySuite((grants) => Promise.resolve(open()(grants)))
  },
  open: () => aPolicy,
  breakages: [
    {
      name: 'takes a right to list for a right to get',
      mustFail: 'allows a subject every verb and resource that it was granted, and no other',
      break: grantsWith((grant) => (grant.verb === 'list' ? [grant, { ...grant, verb: 'get' }] : [grant])),
    },
    {
      name: 'wants a grant for each cluster',
      mustFail: 'allows for each cluster what it allows for all',
      break: policyWith(
        (authorize) => (subject, request) =>
          request.clusterId === 'cls-0000bbbb'
            ? TE.left({ code: 'NOT_ALLOWED', verb: request.verb, resource: request.resource })
            : authorize(subject, request),
      ),
    },
    {
      name: 'compares cluster ids by how they begin',
      mustFail: 'keeps a grant for one cluster to that cluster',
      break: policyWith(
        (authorize) => (subject, request) =>
          authorize(
            subject,
            request.clusterId === undefined ? request : { ...request, clusterId: request.clusterId.slice(0, 12) },
          ),
      ),
    },
    {
      name: 'asks for no cluster where none is named',
      mustFail: 'gives nobody the fleet for one of its clusters',
      break: policyWith(
        (authorize) => (subject, request) =>
          authorize(subject, { ...request, clusterId: request.clusterId ?? 'cls-0000aaaa' }),
      ),
    },
    {
      name: 'knows no subjects',
      mustFail: 'gives no subject what another one has',
      break: grantsWith((grant) => ['reader', 'operator', 'adapter'].map((subject) => ({ ...grant, subject }))),
    },
    {
      name: 'compares names by how they begin',
      mustFail: 'allows a stranger nothing',
      break: policyWith((authorize) => (subject, request) => authorize({ name: subject.name.trim() }, request)),
    },
    {
      name: 'does not say what it refuses',
      mustFail: 'says in a refusal what was asked',
      break: policyWith(
        (authorize) => (subject, request) =>
          TE.mapLeft(
            (failure: { code: 'NOT_ALLOWED' | 'ACCESS_UNAVAILABLE' }) =>
              (failure.code === 'NOT_ALLOWED' ? { ...failure, verb: 'get' } : failure) as never,
          )(authorize(subject, request)),
      ),
    },
    {
      name: 'remembers what it has allowed',
      mustFail: 'allows nothing more once a grant is withdrawn',
      break: policyWith((authorize) => {
        const allowed = new Set<string>()
        return (subject, request) => async () => {
          const key = JSON.stringify([subject, request])
          const answer = await authorize(subject, request)()
          if (answer._tag === 'Right') allowed.add(key)
          return answer._tag === 'Left' && answer.left.code === 'NOT_ALLOWED' && allowed.has(key)
            ? TE.right(undefined)()
            : answer
        }
      }),
    },
    {
      name: 'says no while it cannot know',
      mustFail: 'says neither yes nor no while it cannot know',
      break: policyWith(
        (authorize) => (subject, request) =>
          TE.mapLeft(() => ({ code: 'NOT_ALLOWED' as const, verb: request.verb, resource: request.resource }))(
            authorize(subject, request),
          ),
      ),
    },
  ],
})
