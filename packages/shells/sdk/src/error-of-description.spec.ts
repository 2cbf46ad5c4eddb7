import { problemKinds } from '@pull-secret/wire'
import { expect } from 'chai'
import { codeOf, errorOfDescription } from './error-of-description.ts'

const errorOf = (status: number, code: string, symbol: string) =>
  errorOfDescription({ status, code, symbol, detail: 'what went wrong', details: {}, errors: [] }, '')

describe('the error that a service describes', () => {
  it('is worth a retry exactly when the service says so by its status', () => {
    for (const { status, code, symbol } of Object.values(problemKinds)) {
      expect(errorOf(status, code, symbol).retryable, symbol).to.equal(status >= 500 || status === 429)
    }
  })

  it('is read by its status when a later service says what this library does not know', () => {
    const codes = [400, 409, 418, 503].map((status) => errorOf(status, 'HYPERFLEET-NEW-001', 'SOMETHING_NEW').code)
    expect(codes).to.deep.equal(['INVALID_REQUEST', 'CONFLICT', 'UNEXPECTED_ANSWER', 'SERVICE_UNAVAILABLE'])
  })

  it('is not fooled by the names that every object has', () => {
    expect(errorOf(409, 'HYPERFLEET-NEW-001', 'constructor').code).to.equal('CONFLICT')
  })

  it('never takes a status alone for the absence of a pull secret', () => {
    expect(codeOf(404)).to.equal('UNEXPECTED_ANSWER')
  })
})
