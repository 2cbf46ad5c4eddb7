import {
  accessPolicySuite,
  authenticatorSuite,
  cipherSuite,
  clockSuite,
  digestSuite,
  idsSuite,
  ledgerSuites,
  registryClientSuite,
} from '@pull-secret/port-contracts'
import {
  callerSecretLike,
  makeInMemoryDigest,
  makeInMemoryIds,
  oneShotLike,
  quayLike,
  rhitLike,
  sharedFileLike,
  statelessLike,
  type VendorBehaviour,
} from '../src/index.ts'
import {
  anInMemoryAccessPolicy,
  anInMemoryAuthenticator,
  anInMemoryCipher,
  anInMemoryClock,
  anInMemoryLedger,
  anInMemoryRegistry,
} from './in-memory-subjects.ts'
import { withCallsOutOfOrder, withLongOperations, withPartialListings } from './less-ideal-vendors.ts'

const kinds: Readonly<Record<string, VendorBehaviour>> = {
  quayLike,
  rhitLike,
  callerSecretLike,
  oneShotLike,
  statelessLike,
  sharedFileLike,
}

describe('the in-memory ledger', () => {
  ledgerSuites(() => Promise.resolve(anInMemoryLedger()))
})

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

describe('the in-memory platform', () => {
  clockSuite(anInMemoryClock)
  idsSuite(makeInMemoryIds)
  digestSuite(makeInMemoryDigest)
  cipherSuite(anInMemoryCipher)
})

describe('the in-memory access', () => {
  authenticatorSuite((holders) => Promise.resolve(anInMemoryAuthenticator(holders)))
  accessPolicySuite((grants) => Promise.resolve(anInMemoryAccessPolicy(grants)))
})
