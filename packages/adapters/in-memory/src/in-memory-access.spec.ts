import { accessPolicySuite, authenticatorSuite } from '@pull-secret/port-contracts'
import { anInMemoryAccessPolicy, anInMemoryAuthenticator } from '../test/in-memory-subjects.ts'

describe('the in-memory access', () => {
  authenticatorSuite((holders) => Promise.resolve(anInMemoryAuthenticator(holders)))
  accessPolicySuite((...grants) => Promise.resolve(anInMemoryAccessPolicy(...grants)))
})
