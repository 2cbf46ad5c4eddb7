// Here and not beside a source file because it proves a suite of port-contracts, over doubles that break it.
import {
  type AccessPolicy,
  type AccessRequest,
  type Authenticator,
  type Failure,
  secretText,
  type Subject,
} from '@pull-secret/domain'
import {
  type AccessPolicySubject,
  accessPolicySuite,
  type AuthenticatorSubject,
  authenticatorSuite,
  type Grant,
  type GroupGrant,
} from '@pull-secret/port-contracts'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { anInMemoryAccessPolicy, anInMemoryAuthenticator } from '../in-memory-subjects.ts'
import { turnsRed } from './turns-red.ts'

type Holders = Readonly<Record<string, Subject>>
type OpenAuthenticator = (holders: Holders) => AuthenticatorSubject

const unavailable = TE.left({ code: 'ACCESS_UNAVAILABLE' as const, retryAfterSeconds: 5 })

const codeOf = (answer: E.Either<{ readonly code: string }, unknown>): string =>
  E.isRight(answer) ? 'allowed' : answer.left.code

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

const statesName = 'refuses a token that states a name, and vouches for no name that it does not know to be true'

const mortal = { token: 'mortal-token', name: 'mortal' }

/** A double that has everything that a promise may ask for. */
const anAuthenticator: OpenAuthenticator = (holders) => {
  const subject = anInMemoryAuthenticator({ ...holders, [mortal.token]: { name: mortal.name } })
  const wholeOf = ({ name }: Subject): Subject => Object.values(holders).find((one) => one.name === name) ?? { name }
  return withOutage(
    {
      ...subject,
      knowsMoreThanNames: true,
      foreignToken: 'token-for-another-service',
      mortal: { ...mortal, expire: async () => subject.withdraw?.(mortal.token) },
    },
    (isOut) => ({
      authenticator: {
        authenticate: (token) => (isOut() ? unavailable : TE.map(wholeOf)(subject.authenticator.authenticate(token))),
      },
    }),
  )
}

const authenticatorWith =
  (change: (authenticate: Authenticator['authenticate'], holders: Holders) => Authenticator['authenticate']) =>
  (honest: OpenAuthenticator): OpenAuthenticator =>
  (holders) => {
    const subject = honest(holders)
    return { ...subject, authenticator: { authenticate: change(subject.authenticator.authenticate, holders) } }
  }

const tellingOf = (change: (found: Subject, holders: Holders) => object) =>
  authenticatorWith(
    (authenticate, holders) => (token) =>
      TE.map((found: Subject) => change(found, holders) as Subject)(authenticate(token)),
  )

/** Gives an answer again in place of a later one, where `isKept` says so of the two and the token. */
const rememberingCallers = (
  isKept: (kept: string, now: string, token: string) => boolean,
): ((honest: OpenAuthenticator) => OpenAuthenticator) =>
  authenticatorWith((authenticate) => {
    const kept = new Map<string, E.Either<{ readonly code: string }, Subject>>()
    return (token) => async () => {
      const answer = await authenticate(token)()
      const before = kept.get(token.reveal())
      kept.set(token.reveal(), before ?? answer)
      return before !== undefined && isKept(codeOf(before), codeOf(answer), token.reveal()) ? (before as never) : answer
    }
  })

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
      break: tellingOf(() => ({ name: 'system:authenticated' })),
    },
    {
      name: 'tells no groups',
      mustFail: 'tells what it knows of a holder beside the name, and of each holder its own',
      break: tellingOf((found) => ({ ...found, groups: undefined })),
    },
    {
      name: 'tells no uid',
      mustFail: 'tells what it knows of a holder beside the name, and of each holder its own',
      break: tellingOf((found) => ({ ...found, uid: undefined })),
    },
    {
      name: 'tells no extra',
      mustFail: 'tells what it knows of a holder beside the name, and of each holder its own',
      break: tellingOf((found) => ({ ...found, extra: undefined })),
    },
    {
      name: 'tells of everybody what it knows of one',
      mustFail: 'tells what it knows of a holder beside the name, and of each holder its own',
      break: tellingOf(({ name }, holders) => ({ ...holders['token-of-one'], name })),
    },
    {
      name: 'makes up what it does not know',
      mustFail: 'tells what it knows of a holder beside the name, and of each holder its own',
      over: () => anInMemoryAuthenticator,
      break: tellingOf((found) => ({ ...found, groups: ['system:authenticated'] })),
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
      name: 'believes what a token says of itself',
      mustFail: statesName,
      break: authenticatorWith(
        (authenticate, holders) => (token) =>
          token.reveal().includes('.') ? TE.right(Object.values(holders)[0] as Subject) : authenticate(token),
      ),
    },
    {
      name: 'vouches for the name that a refused token states',
      mustFail: statesName,
      break: authenticatorWith(
        (authenticate) => (token) =>
          TE.mapLeft((failure: Failure<'NOT_AUTHENTICATED' | 'ACCESS_UNAVAILABLE'>) =>
            failure.code === 'NOT_AUTHENTICATED' ? { ...failure, caller: { name: 'one', isProven: true } } : failure,
          )(authenticate(token)),
      ),
    },
    {
      name: 'asks not whom a token is for',
      mustFail: 'refuses a token that is for another service, whoever holds it',
      break: authenticatorWith(
        (authenticate) => (token) =>
          token.reveal() === 'token-for-another-service' ? TE.right({ name: 'one' }) : authenticate(token),
      ),
    },
    {
      name: 'remembers whom it has let in beyond the expiry of the token',
      mustFail: 'refuses a token from the moment at which it expires, though it has just let it in',
      break: rememberingCallers(
        (kept, now, token) => kept === 'allowed' && now === 'NOT_AUTHENTICATED' && token === mortal.token,
      ),
    },
    {
      name: 'remembers whom it has let in',
      mustFail: 'forgets a token that was withdrawn, and no other',
      break: rememberingCallers(
        (kept, now, token) => kept === 'allowed' && now === 'NOT_AUTHENTICATED' && token !== mortal.token,
      ),
    },
    {
      name: 'remembers whom it has refused',
      mustFail: 'lets a token in that became valid after it was refused',
      break: rememberingCallers((kept, now) => kept === 'NOT_AUTHENTICATED' && now === 'allowed'),
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
      name: 'lets in whom it knew while it cannot know',
      mustFail: 'says neither yes nor no while it cannot know, not even of what it knew before',
      break: rememberingCallers((kept, now) => kept === 'allowed' && now === 'ACCESS_UNAVAILABLE'),
    },
    {
      name: 'remembers that it could not know',
      mustFail: 'knows again as soon as it can, and remembers nothing of what it could not answer',
      break: rememberingCallers((kept, now) => kept === 'ACCESS_UNAVAILABLE' && now !== 'ACCESS_UNAVAILABLE'),
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

type OpenPolicy = (grants: ReadonlyArray<Grant>, groupGrants: ReadonlyArray<GroupGrant>) => AccessPolicySubject

const aPolicy: OpenPolicy = (...grants) => {
  const subject = anInMemoryAccessPolicy(...grants)
  return withOutage(subject, (isOut) => ({
    policy: { authorize: (caller, request) => (isOut() ? unavailable : subject.policy.authorize(caller, request)) },
  }))
}

const policyWith =
  (change: (authorize: AccessPolicy['authorize']) => AccessPolicy['authorize']) =>
  (honest: OpenPolicy): OpenPolicy =>
  (...grants) => {
    const subject = honest(...grants)
    return { ...subject, policy: { authorize: change(subject.policy.authorize) } }
  }

const askingAs = (change: (subject: Subject) => Subject): ((honest: OpenPolicy) => OpenPolicy) =>
  policyWith((authorize) => (subject, request) => authorize(change(subject), request))

const askingFor = (change: (request: AccessRequest) => AccessRequest): ((honest: OpenPolicy) => OpenPolicy) =>
  policyWith((authorize) => (subject, request) => authorize(subject, change(request)))

/** Gives an answer again in place of a later one to the same question, where `isKept` says so of the two. */
const rememberingAnswers = (isKept: (kept: string, now: string) => boolean): ((honest: OpenPolicy) => OpenPolicy) =>
  policyWith((authorize) => {
    const kept = new Map<string, E.Either<{ readonly code: string }, void>>()
    return (...question) =>
      async () => {
        const answer = await authorize(...question)()
        const key = JSON.stringify(question)
        const before = kept.get(key)
        kept.set(key, before ?? answer)
        return before !== undefined && isKept(codeOf(before), codeOf(answer)) ? (before as never) : answer
      }
  })

/** Allows what it has allowed to another question of the same key. */
const takingForOne = (
  keyOf: (subject: Subject, request: AccessRequest) => string,
): ((honest: OpenPolicy) => OpenPolicy) =>
  policyWith((authorize) => {
    const allowed = new Map<string, string>()
    return (...question) =>
      async () => {
        const answer = await authorize(...question)()
        const [key, whole] = [keyOf(...question), JSON.stringify(question)]
        if (E.isRight(answer)) allowed.set(key, whole)
        return (allowed.get(key) ?? whole) === whole ? answer : E.right(undefined)
      }
  })

/** Translates the grants wrongly. */
const grantsWith =
  (change: (grant: Grant) => ReadonlyArray<Grant>) =>
  (honest: OpenPolicy): OpenPolicy =>
  (grants, groupGrants) =>
    honest(grants.flatMap(change), groupGrants)

turnsRed<OpenPolicy>({
  port: 'the access policy',
  suite: (open) => {
    accessPolicySuite((...grants) => Promise.resolve(open()(...grants)))
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
      break: askingFor((request) =>
        request.clusterId === undefined ? request : { ...request, clusterId: request.clusterId.slice(0, 12) },
      ),
    },
    {
      name: 'asks for no cluster where none is named',
      mustFail: 'gives nobody the fleet for one of its clusters',
      break: askingFor((request) => ({ ...request, clusterId: request.clusterId ?? 'cls-0000aaaa' })),
    },
    {
      name: 'takes a right to pull secrets for a right to their cluster',
      mustFail: 'keeps a right to a cluster apart from a right to what belongs to it',
      break: askingFor((request) =>
        request.resource === 'clusters' && request.clusterId !== undefined
          ? { ...request, resource: 'pull-secrets' }
          : request,
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
      break: askingAs((subject) => ({ ...subject, name: subject.name.trim() })),
    },
    {
      name: 'drops the groups of a caller',
      mustFail: 'allows the members of a group that it knows what the group was granted, and nobody else',
      break: askingAs(({ name }) => ({ name })),
    },
    {
      name: 'takes a name for a group',
      mustFail: 'allows the members of a group that it knows what the group was granted, and nobody else',
      break: askingAs((subject) => ({ ...subject, groups: [...(subject.groups ?? []), subject.name] })),
    },
    {
      name: 'hears of groups that it says it does not know',
      mustFail: 'allows the members of a group that it knows what the group was granted, and nobody else',
      over: () => (grants) => ({ ...aPolicy(grants, []), knowsGroups: false }),
      break:
        () =>
        (...grants) => ({ ...aPolicy(...grants), knowsGroups: false }),
    },
    {
      name: 'joins groups without a separator',
      mustFail: 'allows the members of a group that it knows what the group was granted, and nobody else',
      break: takingForOne(({ groups, ...subject }, request) => JSON.stringify([groups?.join(''), subject, request])),
    },
    {
      name: 'finds an answer by parts that are joined without a separator',
      mustFail: 'takes no question for one that it has allowed and that reads alike',
      break: takingForOne(({ name, groups = [], uid = '', extra = {} }, { verb, resource, clusterId = '' }) =>
        [verb, resource, clusterId, name, uid, Object.keys(extra), JSON.stringify(groups)].join(''),
      ),
    },
    {
      name: 'gives everybody who waits the answer to the last question',
      mustFail: 'gives many simultaneous callers each their own answer',
      break: policyWith((authorize) => {
        let last: readonly [Subject, AccessRequest] | undefined
        return (...question) =>
          async () => {
            last = question
            await Promise.resolve()
            return authorize(...last)()
          }
      }),
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
      break: rememberingAnswers((kept, now) => kept === 'allowed' && now === 'NOT_ALLOWED'),
    },
    {
      name: 'remembers what it has refused',
      mustFail: 'allows what was granted after it was refused',
      break: rememberingAnswers((kept, now) => kept === 'NOT_ALLOWED' && now === 'allowed'),
    },
    {
      name: 'says no while it cannot know',
      mustFail: 'says neither yes nor no while it cannot know, not even of what it knew before',
      break: policyWith(
        (authorize) => (subject, request) =>
          TE.mapLeft(() => ({ code: 'NOT_ALLOWED' as const, verb: request.verb, resource: request.resource }))(
            authorize(subject, request),
          ),
      ),
    },
    {
      name: 'allows what it knew while it cannot know',
      mustFail: 'says neither yes nor no while it cannot know, not even of what it knew before',
      break: rememberingAnswers((kept, now) => kept === 'allowed' && now === 'ACCESS_UNAVAILABLE'),
    },
    {
      name: 'remembers that it could not know',
      mustFail: 'knows again as soon as it can, and remembers nothing of what it could not answer',
      break: rememberingAnswers((kept, now) => kept === 'ACCESS_UNAVAILABLE' && now !== 'ACCESS_UNAVAILABLE'),
    },
  ],
})
