import {
  accessPolicySuite, authenticatorSuite, cipherSuite, clockSuite, digestSuite, idsSuite, ledgerSuites, registryClientSuite,
} from '@pull-secret/port-contracts'
import {
  callerSecretLike, makeInMemoryDigest, makeInMemoryIds, oneShotLike, quayLike, rhitLike, sharedFileLike, statelessLike, type VendorBehaviour,
} from '../src/index.ts'
import { anInMemoryAccessPolicy, anInMemoryAuthenticator, anInMemoryCipher, anInMemoryClock, anInMemoryLedger, anInMemoryRegistry } from './in-memory-subjects.ts'

const kinds: Readonly<Record<string, VendorBehaviour>> = { quayLike, rhitLike, callerSecretLike, oneShotLike, statelessLike, sharedFileLike }

describe('the in-memory ledger', () => {
  ledgerSuites(() => Promise.resolve(anInMemoryLedger()))
})

describe('the in-memory registry client', () => {
  Object.entries(kinds).forEach(([name, behaviour]) => {
    describe(`of a vendor that is ${name}`, () => {
      registryClientSuite(() => Promise.resolve(anInMemoryRegistry(behaviour)))
    })
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
