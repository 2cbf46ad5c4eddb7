import { registryClientSuite } from '@pull-secret/port-contracts'
import type { RegistryClient } from '@pull-secret/domain'
import {
  accepts, callerSecretLike, makeInMemoryClock, makeInMemoryIds, makeInMemoryRegistryClient, makeInMemoryVendor, oneShotLike, quayLike, rhitLike, sharedFileLike, statelessLike,
  type VendorBehaviour,
} from './index.ts'

const kinds: Readonly<Record<string, VendorBehaviour>> = { quayLike, rhitLike, callerSecretLike, oneShotLike, statelessLike, sharedFileLike }

/** The next changing call is executed and its answer lost. */
const withLostAnswers = (client: RegistryClient) => {
  let isNextLost = false
  const losing: RegistryClient = {
    ...client,
    createCredential: (request) => async () => {
      const outcome = await client.createCredential(request)()
      if (!isNextLost) return outcome
      isNextLost = false
      return { kind: 'unknown', problem: 'connection_lost' }
    },
  }
  return { losing, loseNextAnswer: () => { isNextLost = true } }
}

describe('the in-memory registry client', () => {
  Object.entries(kinds).forEach(([name, behaviour]) => {
    describe(`of a vendor that is ${name}`, () => {
      registryClientSuite(() => {
        const clock = makeInMemoryClock()
        const vendor = makeInMemoryVendor(behaviour)
        const client = makeInMemoryRegistryClient({ vendor, clock, ids: makeInMemoryIds() })
        const { losing, loseNextAnswer } = withLostAnswers(client)
        return Promise.resolve({
          client: losing,
          deadline: () => clock.monotonic() + 60_000,
          passedDeadline: () => clock.monotonic() - 1,
          accepts: (username, token) => Promise.resolve(accepts(vendor, username, token, clock.now())),
          objects: () => Promise.resolve([...vendor.credentials.values()].map((credential) => credential.vendorName)),
          addForeign: behaviour.uniqueNames && !behaviour.sharedObject
            ? (vendorName) => {
                vendor.credentials.set('foreign', { vendorName, vendorId: 'foreign', marker: 'somebody else', username: 'somebody', token: 'else' })
                return Promise.resolve()
              }
            : undefined,
          loseNextAnswer: () => { loseNextAnswer(); return Promise.resolve() },
          forgetAdministrator: undefined,
          close: () => Promise.resolve(),
        })
      })
    })
  })
})
