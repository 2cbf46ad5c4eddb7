import { clockSuite, digestSuite, idsSuite } from '@pull-secret/port-contracts'
import { makeNodeClock, makeNodeDigest, makeNodeIds } from './index.ts'

describe('the platform of this process', () => {
  clockSuite(() => ({ clock: makeNodeClock(), isReal: true, run: (task) => task() }))
  idsSuite(makeNodeIds)
  digestSuite(makeNodeDigest)
})
