import { registryClientSuite } from '@pull-secret/port-contracts'
import { anInMemoryRegistry } from '../test/in-memory-subjects.ts'
import { withCallsOutOfOrder, withLongOperations, withPartialListings } from '../test/less-ideal-vendors.ts'
import {
  callerSecretLike,
  oneShotLike,
  quayLike,
  rhitLike,
  sharedFileLike,
  statelessLike,
  type VendorBehaviour,
} from './index.ts'

const kinds: Readonly<Record<string, VendorBehaviour>> = {
  quayLike,
  rhitLike,
  callerSecretLike,
  oneShotLike,
  statelessLike,
  sharedFileLike,
}

describe('the in-memory registry client', () => {
  Object.entries(kinds).forEach(([name, behaviour]) => {
    describe(`of a vendor that is ${name}`, () => {
      registryClientSuite(() => Promise.resolve(anInMemoryRegistry(behaviour)))
    })

    describe(`of a vendor that is ${name} and reached out of order`, () => {
      registryClientSuite(() => Promise.resolve(withCallsOutOfOrder(anInMemoryRegistry(behaviour))))
    })
  })

  describe('of a vendor some of whose listings are parts', () => {
    registryClientSuite(() => Promise.resolve(withPartialListings(anInMemoryRegistry(quayLike))))
  })

  describe('of a vendor that makes some objects later', () => {
    registryClientSuite(() => Promise.resolve(withLongOperations(anInMemoryRegistry(oneShotLike))))
  })
})
