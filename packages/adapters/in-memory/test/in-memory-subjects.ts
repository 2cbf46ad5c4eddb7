import type { AccessRequest, Failure, RegistryClient, Subject } from '@pull-secret/domain'
import type {
  AccessPolicySubject,
  AuthenticatorSubject,
  CipherSubject,
  ClockSubject,
  CommitFate,
  Grant,
  GroupGrant,
  LedgerSubject,
  RegistrySubject,
} from '@pull-secret/port-contracts'
import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import {
  accepts,
  type InMemoryLedger,
  type InMemoryVendor,
  type LedgerTables,
  makeInMemoryAccessPolicy,
  makeInMemoryAuthenticator,
  makeInMemoryCipher,
  makeInMemoryClock,
  makeInMemoryIds,
  makeInMemoryLedger,
  makeInMemoryRegistryClient,
  makeInMemoryVendor,
  makeLedgerTables,
  type VendorBehaviour,
} from '../src/index.ts'

const outcomeUnknown: Failure<'LEDGER_OUTCOME_UNKNOWN'> = { code: 'LEDGER_OUTCOME_UNKNOWN', retryAfterSeconds: 1 }
const unavailable: Failure<'LEDGER_UNAVAILABLE'> = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 }

type LosingParts = Pick<
  LedgerSubject,
  'ledger' | 'dueWork' | 'sharedObjects' | 'refusals' | 'loseNextCommit' | 'landLate'
>

/** A ledger whose commits may be acknowledged by nobody. One that lands late is decided on what it then finds. */
const withLostCommits = ({ ledger, dueWork, sharedObjects, refusals }: InMemoryLedger): LosingParts => {
  let next: CommitFate | undefined
  let late: Array<Task<unknown>> = []
  const perhapsLost =
    <F>(lost: F) =>
    <L, A>(call: TaskEither<L, A>): TaskEither<L | F, A> =>
    async () => {
      const fate = next
      next = undefined
      if (fate === undefined) return call()
      if (fate === 'kept') await call()
      if (fate === 'late') late.push(call)
      return E.left(lost)
    }
  const committed = perhapsLost(outcomeUnknown)
  const executed = perhapsLost(unavailable)
  return {
    ledger: {
      change: (clusterId, decide) => committed(ledger.change(clusterId, decide)),
      record: (lease, decide, findings) => committed(ledger.record(lease, decide, findings)),
    },
    refusals: { append: (events) => committed(refusals.append(events)) },
    dueWork: { ...dueWork, claim: (request) => committed(dueWork.claim(request)) },
    sharedObjects: {
      take: (registryId, attemptId, heldSeconds) => executed(sharedObjects.take(registryId, attemptId, heldSeconds)),
      release: (lease, use) => executed(sharedObjects.release(lease, use)),
      passFence: sharedObjects.passFence,
    },
    loseNextCommit: (fate) => {
      next = fate
    },
    landLate: async () => {
      const landing = late
      late = []
      for (const land of landing) await land()
    },
  }
}

export interface InMemoryLedgerSubject extends LedgerSubject {
  readonly tables: LedgerTables
}

export const anInMemoryLedger = (): InMemoryLedgerSubject => {
  const tables = makeLedgerTables()
  const parts = makeInMemoryLedger({ tables, clock: makeInMemoryClock() })
  return {
    ...parts,
    ...withLostCommits(parts),
    tables,
    audit: (chain) => Promise.resolve(tables.audit.get(chain) ?? []),
    close: () => {
      const held = [...tables.sharedObjects]
        .filter(([, { expiresAt }]) => expiresAt > Date.now())
        .map(([registryId]) => registryId)
      return held.length === 0
        ? Promise.resolve()
        : Promise.reject(new Error(`left behind: shared objects that somebody holds (${held.join(', ')})`))
    },
  }
}

const refused = { kind: 'refused', problem: 'administrator_refused', firstStep: true } as const
const lost = { kind: 'unknown', problem: 'connection_lost' } as const

/** A client whose answers may get lost, and whose administrator may be turned away. */
const withTroubles = (client: RegistryClient) => {
  let nextLost: 'create' | 'delete' | undefined
  let isForgotten = false
  const asAdministrator =
    <A>(call: Task<A>): Task<A | typeof refused> =>
    () =>
      isForgotten ? Promise.resolve(refused) : call()
  const perhapsLost =
    <A>(of: 'create' | 'delete', call: Task<A>): Task<A | typeof lost> =>
    async () => {
      const answer = await call()
      if (nextLost !== of) return answer
      nextLost = undefined
      return lost
    }
  const { listCredentials } = client
  const troubled: RegistryClient = {
    ...client,
    createCredential: (request) => perhapsLost('create', asAdministrator(client.createCredential(request))),
    deleteCredential: client.capabilities.revocable
      ? (request) => perhapsLost('delete', asAdministrator(client.deleteCredential(request)))
      : client.deleteCredential,
    getCredential: (request) => asAdministrator(client.getCredential(request)),
    listCredentials:
      listCredentials === undefined ? undefined : (deadline) => asAdministrator(listCredentials(deadline)),
    checkAccess: (deadline) => () =>
      isForgotten
        ? Promise.resolve({ kind: 'failing', problem: 'administrator_refused' })
        : client.checkAccess(deadline)(),
  }
  return {
    troubled,
    loseNextAnswer: (of: 'create' | 'delete') => {
      nextLost = of
      return Promise.resolve()
    },
    forgetAdministrator: () => {
      isForgotten = true
      return Promise.resolve()
    },
  }
}

export interface InMemoryRegistrySubject extends RegistrySubject {
  readonly vendor: InMemoryVendor
}

export const anInMemoryRegistry = (behaviour: VendorBehaviour): InMemoryRegistrySubject => {
  const clock = makeInMemoryClock()
  const vendor = makeInMemoryVendor(behaviour)
  const { troubled, loseNextAnswer, forgetAdministrator } = withTroubles(
    makeInMemoryRegistryClient({ vendor, clock, ids: makeInMemoryIds() }),
  )
  return {
    vendor,
    client: troubled,
    deadline: () => clock.monotonic() + 60_000,
    passedDeadline: () => clock.monotonic() - 1,
    accepts: (username, token) => Promise.resolve(accepts(vendor, username, token, clock.now())),
    objects: () => Promise.resolve([...vendor.credentials.values()].map((credential) => credential.vendorName)),
    addForeign:
      behaviour.uniqueNames && !behaviour.sharedObject
        ? (vendorName) => {
            vendor.credentials.set('foreign', {
              vendorName,
              vendorId: 'foreign',
              marker: 'somebody else',
              username: 'somebody',
              token: 'else',
            })
            return Promise.resolve()
          }
        : undefined,
    loseNextAnswer,
    chooseNextToken:
      behaviour.recoveryClass === 'caller-secret'
        ? undefined
        : (token) => {
            vendor.nextToken = token
            return Promise.resolve()
          },
    forgetAdministrator,
    longOperations: undefined,
    truncateNextListing: undefined,
    closeClient: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}

export const anInMemoryCipher = (): CipherSubject => ({ cipher: makeInMemoryCipher(), hides: false })

export const anInMemoryClock = (): ClockSubject => ({ clock: makeInMemoryClock(), isReal: true, run: (task) => task() })

export const anInMemoryAuthenticator = (holders: Readonly<Record<string, Subject>>): AuthenticatorSubject => {
  const known = new Map(Object.entries(holders).map(([token, { name }]) => [token, name]))
  return {
    authenticator: {
      authenticate: (token) => makeInMemoryAuthenticator(Object.fromEntries(known)).authenticate(token),
    },
    knowsMoreThanNames: false,
    foreignToken: undefined,
    mortal: undefined,
    withdraw: (token) => {
      known.delete(token)
      return Promise.resolve()
    },
    admit: (token, name) => {
      known.set(token, name)
      return Promise.resolve()
    },
    cutOff: undefined,
    reconnect: undefined,
    close: () => Promise.resolve(),
  }
}

export const anInMemoryAccessPolicy = (
  grants: ReadonlyArray<Grant>,
  groupGrants: ReadonlyArray<GroupGrant>,
): AccessPolicySubject => {
  const granted = [...grants]
  const withdrawn = new Set<string>()
  const covers = ({ verb, resource, clusterId }: Omit<Grant, 'subject'>, request: AccessRequest): boolean =>
    verb === request.verb &&
    resource === request.resource &&
    (clusterId === undefined || clusterId === request.clusterId)
  return {
    policy: makeInMemoryAccessPolicy(
      ({ name, groups = [] }, request) =>
        granted.some((grant) => grant.subject === name && !withdrawn.has(name) && covers(grant, request)) ||
        groupGrants.some((grant) => groups.includes(grant.group) && covers(grant, request)),
    ),
    knowsGroups: true,
    withdraw: (subject) => {
      withdrawn.add(subject)
      return Promise.resolve()
    },
    grant: (grant) => {
      granted.push(grant)
      return Promise.resolve()
    },
    cutOff: undefined,
    reconnect: undefined,
    close: () => Promise.resolve(),
  }
}
