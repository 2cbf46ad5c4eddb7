import { setImmediate as aWhile } from 'node:timers/promises'
import type { CreateRequest, DeleteRequest } from '@pull-secret/domain'
import type { InMemoryRegistrySubject as Subject } from '../in-memory-subjects.ts'
import { clientWith, oneShot, quay, rhit, sharedFile, stateless } from './registry-doubles.ts'
import type { Breakage } from './turns-red.ts'

const rowsTogether = 'gives each of several rows that are created at the same time a working credential of its own'
const oneRowTwice = 'gives no credential that does not work to whoever asks for one row twice at the same time'
const createAndDelete = 'leaves a working credential or nothing where a row is created and deleted at the same time'
const twoDeletes = 'ends two deletes of one row at the same time truthfully, and leaves nothing'
const amongOthers = 'keeps a credential, and shows it, while others are deleted and created'

const namesakes = ({ vendor }: Subject, vendorName: string) =>
  [...vendor.credentials].filter(([, credential]) => credential.vendorName === vendorName)

/** Each is wrong only between two calls: one call after another it does as it should. */
export const concurrentCallsBreakages: ReadonlyArray<Breakage<Subject>> = [
  {
    name: 'keeps its request where the next call puts another',
    over: quay,
    mustFail: rowsTogether,
    break: clientWith(({ createCredential }) => {
      let current: CreateRequest | undefined
      return {
        createCredential: (request) => async () => {
          current = request
          await aWhile()
          return createCredential(current)()
        },
      }
    }),
  },
  {
    name: 'compares the fence long before it writes',
    over: sharedFile,
    mustFail: rowsTogether,
    break: clientWith(({ createCredential }, { vendor }) => {
      let writers = 0
      return {
        createCredential: (request) => async () => {
          if ((request.shared?.fence ?? 0) < vendor.sharedFence) return createCredential(request)()
          writers += 1
          for (let turn = writers; turn < 5; turn += 1) await aWhile()
          writers -= 1
          vendor.sharedFence = 0
          return createCredential(request)()
        },
      }
    }),
  },
  {
    name: 'lets the first writer win',
    over: sharedFile,
    mustFail: rowsTogether,
    break: clientWith(({ createCredential }) => {
      let isWriting = false
      return {
        createCredential: (request) => async () => {
          if (isWriting) return { kind: 'not_sent', problem: 'object_busy' }
          isWriting = true
          await aWhile()
          isWriting = false
          return createCredential(request)()
        },
      }
    }),
  },
  {
    name: 'looks whether a name is free before it takes it',
    over: quay,
    mustFail: oneRowTwice,
    break: clientWith(({ createCredential }, subject) => ({
      createCredential: (request) => async () => {
        const wasFree = namesakes(subject, request.vendorName).length === 0
        await aWhile()
        if (!wasFree) return createCredential(request)()
        const { credentials } = subject.vendor
        const hidden = namesakes(subject, request.vendorName)
        hidden.forEach(([id]) => credentials.delete(id))
        const outcome = await createCredential(request)()
        hidden.forEach(([id, credential]) => credentials.set(id, credential))
        return outcome
      },
    })),
  },
  {
    name: 'gives up a name that another call of the same row is taking',
    over: quay,
    mustFail: oneRowTwice,
    break: clientWith(({ createCredential }) => {
      const beingMade = new Set<string>()
      return {
        createCredential: (request) => async () => {
          if (beingMade.has(request.vendorName)) return { kind: 'name_burnt' }
          beingMade.add(request.vendorName)
          await aWhile()
          beingMade.delete(request.vendorName)
          return createCredential(request)()
        },
      }
    }),
  },
  {
    name: 'lets nobody have a secret that two asked for',
    over: oneShot,
    mustFail: oneRowTwice,
    break: clientWith(({ createCredential }) => {
      const askers = new Map<string, number>()
      return {
        createCredential: (request) => async () => {
          askers.set(request.vendorName, (askers.get(request.vendorName) ?? 0) + 1)
          await aWhile()
          const outcome = await createCredential(request)()
          const isAlone = askers.get(request.vendorName) === 1
          await aWhile()
          askers.delete(request.vendorName)
          return isAlone ? outcome : { kind: 'name_burnt' }
        },
      }
    }),
  },
  {
    name: 'finishes half of what was deleted meanwhile',
    over: quay,
    mustFail: createAndDelete,
    break: clientWith(({ createCredential }, subject) => ({
      createCredential: (request) => async () => {
        const outcome = await createCredential(request)()
        await aWhile()
        const { vendorName, marker } = request
        const wasDeleted = outcome.kind === 'created' && namesakes(subject, vendorName).length === 0
        if (wasDeleted)
          subject.vendor.credentials.set('half', {
            vendorName,
            marker,
            vendorId: 'half',
            username: outcome.username,
            token: 'half',
          })
        return outcome
      },
    })),
  },
  {
    name: 'remembers that something was absent',
    over: rhit,
    mustFail: createAndDelete,
    break: clientWith(({ deleteCredential }) => {
      const absent = new Set<string>()
      return {
        deleteCredential: (request) => async () => {
          if (absent.has(request.vendorName)) return { kind: 'absent', evidence: 'controlled_read' }
          const outcome = await deleteCredential(request)()
          if (outcome.kind === 'absent' && outcome.evidence !== 'foreign_object') absent.add(request.vendorName)
          return outcome
        },
      }
    }),
  },
  {
    name: "takes for somebody else's what was deleted under its hands",
    over: quay,
    mustFail: twoDeletes,
    break: clientWith(({ deleteCredential }, subject) => ({
      deleteCredential: (request) => async () => {
        const wasThere = namesakes(subject, request.vendorName).length > 0
        await aWhile()
        const outcome = await deleteCredential(request)()
        return wasThere && outcome.kind === 'absent' ? { kind: 'absent', evidence: 'foreign_object' } : outcome
      },
    })),
  },
  {
    name: 'withdraws when asked twice what it says cannot be withdrawn',
    over: stateless,
    mustFail: twoDeletes,
    break: clientWith(({ deleteCredential }, { vendor }) => {
      let underWay = 0
      return {
        deleteCredential: (request) => async () => {
          underWay += 1
          if (underWay > 1) vendor.credentials.clear()
          await aWhile()
          underWay -= 1
          return deleteCredential(request)()
        },
      }
    }),
  },
  {
    name: 'deletes what it was asked to delete last',
    over: quay,
    mustFail: amongOthers,
    break: clientWith(({ deleteCredential }) => {
      let current: DeleteRequest | undefined
      return {
        deleteCredential: (request) => async () => {
          current = request
          await aWhile()
          return deleteCredential(current)()
        },
      }
    }),
  },
  {
    name: 'removes from the file under a fence that was passed meanwhile',
    over: sharedFile,
    mustFail: amongOthers,
    break: clientWith(({ deleteCredential }, { vendor }) => ({
      deleteCredential: (request) => async () => {
        if ((request.shared?.fence ?? 0) < vendor.sharedFence) return deleteCredential(request)()
        await aWhile()
        vendor.sharedFence = 0
        return deleteCredential(request)()
      },
    })),
  },
  {
    name: 'shows nothing while it deletes',
    over: quay,
    mustFail: amongOthers,
    break: clientWith(({ deleteCredential, getCredential }) => {
      let underWay = 0
      return {
        deleteCredential: (request) => async () => {
          underWay += 1
          await aWhile()
          underWay -= 1
          return deleteCredential(request)()
        },
        getCredential: (request) => async () => {
          await Promise.resolve()
          return underWay > 0 ? { kind: 'absent', controlled: true } : getCredential(request)()
        },
      }
    }),
  },
]
