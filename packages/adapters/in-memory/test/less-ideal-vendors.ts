import { setImmediate as aWhile } from 'node:timers/promises'
import type { CreateOutcome } from '@pull-secret/domain'
import type { Task } from 'fp-ts/lib/Task.js'
import type { InMemoryRegistrySubject as Subject } from './in-memory-subjects.ts'

/** A vendor some of whose listings end early, and say so. */
export const withPartialListings = (subject: Subject): Subject => {
  const { client } = subject
  let isNextPartial = false
  const isPartial = (): boolean => {
    const wasNext = isNextPartial
    isNextPartial = false
    return wasNext
  }
  const { listCredentials } = client
  return {
    ...subject,
    client: {
      ...client,
      listCredentials:
        listCredentials === undefined
          ? undefined
          : (deadline) => async () =>
              isPartial() ? { kind: 'unknown', problem: 'unreadable_answer' } : listCredentials(deadline)(),
      deleteCredential: (request) => async () => {
        const outcome = await client.deleteCredential(request)()
        return outcome.kind === 'absent' && outcome.evidence === 'listing' && isPartial()
          ? { kind: 'absent_unproved' }
          : outcome
      },
    },
    truncateNextListing: () => {
      isNextPartial = true
      return Promise.resolve()
    },
  }
}

const underWay: CreateOutcome = { kind: 'unknown', problem: 'timeout' }

/** A vendor that accepts some creates at once and carries them out after everybody has stopped waiting. */
export const withLongOperations = (subject: Subject): Subject => {
  const { client } = subject
  const accepted = new Map<string, Task<CreateOutcome>>()
  let isNextLong = false
  return {
    ...subject,
    client: {
      ...client,
      createCredential: (request) => async () => {
        if (isNextLong) accepted.set(request.vendorName, client.createCredential(request))
        isNextLong = false
        return accepted.has(request.vendorName) ? underWay : client.createCredential(request)()
      },
    },
    longOperations: {
      outlastNextDeadline: () => {
        isNextLong = true
        return Promise.resolve()
      },
      takeEffect: async () => {
        await Promise.all([...accepted.values()].map((operation) => operation()))
        accepted.clear()
      },
    },
  }
}

const longestQueue = 6

/** A vendor that calls which are made at the same time reach in the reverse of their order. */
export const withCallsOutOfOrder = (subject: Subject): Subject => {
  const { client } = subject
  let waiting = 0
  const overtaken =
    <A>(call: Task<A>): Task<A> =>
    async () => {
      waiting += 1
      for (let turn = waiting; turn < longestQueue; turn += 1) await aWhile()
      waiting -= 1
      return call()
    }
  return {
    ...subject,
    client: {
      ...client,
      createCredential: (request) => overtaken(client.createCredential(request)),
      deleteCredential: (request) => overtaken(client.deleteCredential(request)),
    },
  }
}
