import { expect } from 'chai'
import nock from 'nock'

// It takes over every connection of the process when it is imported, those of other specs too.
nock.restore()

/**
 * Answers of a vendor that is not there, for single answers that no simulator would give. Every request without an
 * answer fails, and every answer must be asked for.
 */
export const useVendorAnswers = (address: string): (() => nock.Scope) => {
  before(() => {
    nock.activate()
    nock.disableNetConnect()
  })
  afterEach(() => {
    const unasked = nock.pendingMocks()
    nock.cleanAll()
    expect(unasked, 'answers that nobody asked for').to.deep.equal([])
  })
  after(() => {
    nock.enableNetConnect()
    nock.restore()
  })
  return () => nock(address)
}
