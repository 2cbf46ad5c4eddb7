// Here and not beside a source file because it proves a suite of port-contracts, over doubles that break it.
import { type CreateOutcome, secretText } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { registryClientSuite } from '@pull-secret/port-contracts'
import * as E from 'fp-ts/lib/Either.js'
import * as T from 'fp-ts/lib/Task.js'
import type { InMemoryRegistrySubject as Subject } from '../in-memory-subjects.ts'
import { concurrentCallsBreakages } from './concurrent-calls-breakages.ts'
import { listingBreakages } from './listing-breakages.ts'
import { longOperationsBreakages } from './long-operations-breakages.ts'
import { tearDown } from './promises-of.ts'
import {
  callerSecret,
  clientWith,
  creating,
  declaring,
  forEver,
  oneShot,
  quay,
  readable,
  rhit,
  sharedFile,
  stateless,
  twins,
  without,
  writing,
  writingOnly,
} from './registry-doubles.ts'
import { turnsRed } from './turns-red.ts'

turnsRed<Subject>({
  port: 'the registry client',
  suite: (open) => {
    registryClientSuite(() => Promise.resolve(open()))
  },
  open: quay,
  breakages: [
    {
      name: 'gives half a token',
      mustFail: 'creates a credential that the registry accepts',
      break: creating((created) => ({ ...created, token: secretText(created.token.reveal().slice(1)) })),
    },
    {
      name: 'lets the vendor choose a secret that was chosen already',
      over: callerSecret,
      mustFail: 'gives the secret that was chosen for it, where the service chooses',
      break: clientWith(({ createCredential }) => ({
        createCredential: (request) => createCredential({ ...request, token: undefined }),
      })),
    },
    {
      name: 'hands out a token that clients cannot send',
      mustFail: 'calls nothing created that does not fit an auth entry',
      break: clientWith(({ createCredential }, { vendor }) => ({
        createCredential: (request) => async () => {
          const outcome = await createCredential(request)()
          const made = [...vendor.credentials.values()].find(({ vendorName }) => vendorName === request.vendorName)
          return outcome.kind === 'unknown' && made !== undefined
            ? { kind: 'created', username: made.username, token: secretText(made.token) }
            : outcome
        },
      })),
    },
    {
      name: 'does not say that what it minted expires',
      over: stateless,
      mustFail: 'says when a credential expires exactly where it expires by itself, and to renew it before',
      break: creating((created) => ({ ...created, expiresAt: undefined })),
    },
    {
      name: 'renews a token only when it has expired',
      over: stateless,
      mustFail: 'says when a credential expires exactly where it expires by itself, and to renew it before',
      break: creating((created) => ({ ...created, refreshAfter: created.expiresAt })),
    },
    {
      name: 'makes an object anew that is there already',
      mustFail: 'survives being asked again for the same row as its recovery class says',
      break: clientWith(({ createCredential }, { vendor }) => ({
        createCredential: (request) => async () => {
          for (const [id, { vendorName }] of [...vendor.credentials])
            if (vendorName === request.vendorName) vendor.credentials.delete(id)
          return createCredential(request)()
        },
      })),
    },
    {
      name: 'gives an object without a secret as if it were whole',
      over: oneShot,
      mustFail: 'survives being asked again for the same row as its recovery class says',
      break: clientWith(({ createCredential }) => ({
        createCredential: (request) =>
          T.map((outcome: CreateOutcome): CreateOutcome =>
            outcome.kind === 'name_burnt' ? { kind: 'created', username: 'robot', token: secretText('lost') } : outcome,
          )(createCredential(request)),
      })),
    },
    {
      name: 'declares that a secret can be read again which is shown once',
      over: oneShot,
      mustFail: 'survives being asked again for the same row as its recovery class says',
      break: declaring({ recoveryClass: 'read-back' }),
    },
    {
      name: 'takes a lost answer for a refusal',
      mustFail: 'calls the outcome of a create unknown when its answer is lost, and finds its result where it can',
      break: clientWith(({ createCredential }) => ({
        createCredential: (request) =>
          T.map((outcome: CreateOutcome): CreateOutcome =>
            outcome.kind === 'unknown' ? { kind: 'refused', problem: 'request_refused', firstStep: true } : outcome,
          )(createCredential(request)),
      })),
    },
    {
      name: 'takes over whatever has the name',
      mustFail: 'never takes over an object of somebody else, and leaves it alone',
      break: clientWith(({ createCredential }, { vendor }) => ({
        createCredential: (request) => async () => {
          for (const [id, credential] of [...vendor.credentials])
            if (credential.vendorName === request.vendorName)
              vendor.credentials.set(id, { ...credential, marker: request.marker })
          return createCredential(request)()
        },
      })),
    },
    {
      name: 'deletes by name alone',
      mustFail: 'never takes over an object of somebody else, and leaves it alone',
      break: clientWith((_client, { vendor }) => ({
        deleteCredential:
          ({ vendorName }) =>
          async () => {
            await Promise.resolve()
            for (const [id, credential] of [...vendor.credentials])
              if (credential.vendorName === vendorName) vendor.credentials.delete(id)
            return { kind: 'deleted' }
          },
      })),
    },
    {
      name: 'deletes the namesakes of another',
      over: twins,
      mustFail: 'never takes over an object of somebody else, and leaves it alone',
      break: clientWith((_client, { vendor }) => ({
        deleteCredential:
          ({ vendorName }) =>
          async () => {
            await Promise.resolve()
            for (const [id, credential] of [...vendor.credentials])
              if (credential.vendorName === vendorName) vendor.credentials.delete(id)
            return { kind: 'deleted' }
          },
      })),
    },
    {
      name: 'removes from the file what the file shall hold',
      over: sharedFile,
      mustFail: 'never takes over an object of somebody else, and leaves it alone',
      break: clientWith(({ deleteCredential }, { vendor }) => ({
        deleteCredential: (request) => async () => {
          const outcome = await deleteCredential(request)()
          for (const [id, credential] of [...vendor.credentials])
            if (credential.vendorName === request.vendorName) vendor.credentials.delete(id)
          return outcome
        },
      })),
    },
    {
      name: 'has names that nobody else could take',
      mustFail: 'never takes over an object of somebody else, and leaves it alone',
      break: without('addForeign'),
    },
    {
      name: 'shows a secret that the vendor does not',
      over: callerSecret,
      mustFail: 'reads its object back, with the secret exactly where the vendor shows it',
      break: clientWith(({ getCredential }, { vendor }) => ({
        getCredential: (request) => async () => {
          const found = await getCredential(request)()
          const token = [...vendor.credentials.values()].find(
            ({ vendorName }) => vendorName === request.vendorName,
          )?.token
          return found.kind === 'found' && token !== undefined ? { ...found, token: secretText(token) } : found
        },
      })),
    },
    {
      name: 'does not know its own object again',
      over: rhit,
      mustFail: 'reads its object back, with the secret exactly where the vendor shows it',
      break: clientWith(({ getCredential }) => ({
        getCredential: (request) => getCredential({ ...request, marker: request.marker.toUpperCase() }),
      })),
    },
    {
      name: 'calls what is absent a fault',
      mustFail: 'says that an object is absent',
      break: clientWith(({ getCredential }) => ({
        getCredential: (request) => async () => {
          const found = await getCredential(request)()
          return found.kind === 'absent' ? { kind: 'refused', problem: 'not_found', firstStep: true } : found
        },
      })),
    },
    {
      name: 'says deleted and deletes nothing',
      over: rhit,
      mustFail: 'deletes for certain: the login is refused, the object gone, and the absence shown',
      break: clientWith(() => ({ deleteCredential: () => T.of({ kind: 'deleted' }) })),
    },
    {
      name: 'says deleted of what cannot be withdrawn',
      over: stateless,
      mustFail: 'deletes for certain: the login is refused, the object gone, and the absence shown',
      break: clientWith(() => ({ deleteCredential: () => T.of({ kind: 'deleted' }) })),
    },
    {
      name: 'withdraws what it says cannot be withdrawn',
      over: stateless,
      mustFail: 'deletes for certain: the login is refused, the object gone, and the absence shown',
      break: clientWith((_client, { vendor }) => ({
        deleteCredential: () => async () => {
          await Promise.resolve()
          vendor.credentials.clear()
          return { kind: 'not_revocable' }
        },
      })),
    },
    {
      name: 'mints for ever what cannot be withdrawn',
      over: stateless,
      mustFail: 'deletes for certain: the login is refused, the object gone, and the absence shown',
      break: creating((created) => ({ ...created, expiresAt: undefined })),
    },
    {
      name: 'leaves the user in the file',
      over: sharedFile,
      mustFail: 'deletes for certain: the login is refused, the object gone, and the absence shown',
      break: clientWith(() => ({ deleteCredential: () => T.of({ kind: 'deleted' }) })),
    },
    {
      name: 'says deleted without an answer',
      mustFail: 'claims nothing of a delete whose answer is lost, and shows the absence when it is asked again',
      break: clientWith(({ deleteCredential }) => ({
        deleteCredential: (request) => async () => {
          const outcome = await deleteCredential(request)()
          return outcome.kind === 'unknown' ? { kind: 'deleted' } : outcome
        },
      })),
    },
    {
      name: 'awaits an answer about what it never asked',
      over: stateless,
      mustFail: 'claims nothing of a delete whose answer is lost, and shows the absence when it is asked again',
      break: clientWith(() => ({ deleteCredential: () => T.of({ kind: 'unknown', problem: 'connection_lost' }) })),
    },
    {
      name: 'cleans up more than it was asked to',
      mustFail: 'deletes nothing else',
      break: clientWith(({ deleteCredential }, { vendor }) => ({
        deleteCredential: (request) => async () => {
          const outcome = await deleteCredential(request)()
          if (outcome.kind === 'deleted') vendor.credentials.clear()
          return outcome
        },
      })),
    },
    {
      name: 'writes the file whoever wrote last',
      over: sharedFile,
      mustFail: 'writes a shared object under no fence that was passed, and needs none where nothing is shared',
      break: clientWith(({ createCredential }, { vendor }) => ({
        createCredential: (request) => async () => {
          vendor.sharedFence = 0
          return createCredential(request)()
        },
      })),
    },
    {
      name: 'writes one file without declaring it',
      over: sharedFile,
      mustFail: 'writes a shared object under no fence that was passed, and needs none where nothing is shared',
      break: declaring({ sharedObject: false }),
    },
    {
      name: 'writes only its own row beside those that were there',
      over: sharedFile,
      mustFail: 'creates and deletes for everybody who was given one lease together',
      break: writingOnly((entry, vendorName) => entry.wasCreated || entry.vendorName === vendorName),
    },
    {
      name: 'leaves out what the object lost',
      over: sharedFile,
      mustFail: 'puts back into a shared object what it lost, and nothing that was never created',
      break: writing((entry) => ({ ...entry, wasCreated: false })),
    },
    {
      name: 'writes what was never created',
      over: sharedFile,
      mustFail: 'puts back into a shared object what it lost, and nothing that was never created',
      break: writing((entry) => ({ ...entry, wasCreated: true })),
    },
    {
      name: 'drops what it cannot open',
      over: sharedFile,
      mustFail: 'keeps what is in a shared object, and creates beside it, when tokens cannot be opened',
      break: writingOnly((entry) => E.isRight(entry.openToken())),
    },
    {
      name: 'does not look at the deadline',
      mustFail: 'sends nothing after its deadline',
      break: clientWith(({ createCredential, deleteCredential }) => ({
        createCredential: (request) => createCredential({ ...request, terms: until(forEver) }),
        deleteCredential: (request) => deleteCredential({ ...request, terms: until(forEver) }),
      })),
    },
    {
      name: 'sends a delete after its deadline',
      over: sharedFile,
      mustFail: 'sends nothing after its deadline',
      break: clientWith(({ deleteCredential }) => ({
        deleteCredential: (request) => deleteCredential({ ...request, terms: until(forEver) }),
      })),
    },
    {
      name: 'calls every token valid',
      mustFail: 'tells a valid credential from an invalid one',
      break: clientWith(() => ({ validateCredential: () => T.of({ kind: 'valid' }) })),
    },
    {
      name: 'takes being turned away for absence',
      mustFail: 'proves no absence while its administrator may see nothing',
      break: clientWith(({ deleteCredential }) => ({
        deleteCredential: (request) => async () => {
          const outcome = await deleteCredential(request)()
          return outcome.kind === 'refused' ? { kind: 'absent', evidence: 'controlled_read' } : outcome
        },
      })),
    },
    {
      name: 'calls its access working while it is turned away',
      over: rhit,
      mustFail: 'proves no absence while its administrator may see nothing',
      break: clientWith(() => ({ checkAccess: () => T.of({ kind: 'working' }) })),
    },
    {
      name: 'has no administrator',
      mustFail: 'proves no absence while its administrator may see nothing',
      break: without('forgetAdministrator'),
    },
    {
      name: 'names rows by their cluster',
      mustFail: 'gives every row a name of its own, for every cluster id',
      break: clientWith(() => ({ vendorName: ({ clusterId }) => `robot_${clusterId}` })),
    },
    {
      name: 'gives its tokens open',
      mustFail: 'tells a secret to nobody who did not open it',
      break: creating((created) => ({ ...created, token: readable(created.token) })),
    },
    {
      name: 'leaves an object of its own behind',
      mustFail: tearDown,
      break: clientWith(({ createCredential }, { vendor }) => ({
        createCredential: (request) => async () => {
          vendor.credentials.set('helper', {
            vendorName: 'helper',
            vendorId: 'helper',
            marker: 'helper',
            username: 'helper',
            token: 'helper',
          })
          return createCredential(request)()
        },
      })),
    },
    ...concurrentCallsBreakages,
    ...listingBreakages,
    ...longOperationsBreakages,
  ],
})
