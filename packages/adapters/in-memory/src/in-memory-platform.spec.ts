import { cipherSuite, clockSuite, digestSuite, idsSuite } from '@pull-secret/port-contracts'
import { anInMemoryCipher, anInMemoryClock } from '../test/in-memory-subjects.ts'
import { makeInMemoryDigest, makeInMemoryIds } from './index.ts'

describe('the in-memory platform', () => {
  clockSuite(anInMemoryClock)
  idsSuite(makeInMemoryIds)
  digestSuite(makeInMemoryDigest)
  cipherSuite(anInMemoryCipher)
})
