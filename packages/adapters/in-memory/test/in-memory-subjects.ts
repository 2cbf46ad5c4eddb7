import type { AccessRequest, RegistryClient, Subject } from '@pull-secret/domain'
import type {
  AccessPolicySubject,
  AuthenticatorSubject,
  CipherSubject,
  ClockSubject,
  Grant,
  GroupGrant,
  RegistrySubject,
} from '@pull-secret/port-contracts'
import type { Task } from 'fp-ts/lib/Task.js'
import {
  accepts,
  type InMemoryVendor,
  makeInMemoryAccessPolicy,
  makeInMemoryAuthenticator,
  makeInMemoryCipher,
  makeInMemoryClock,
  makeInMemoryIds,
  makeInMemoryRegistryClient,
  makeInMemoryVendor,
  type VendorBehaviour,
} from '../src/index.ts'

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
