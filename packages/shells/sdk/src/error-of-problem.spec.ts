import { problemKinds } from '@pull-secret/wire'
import { expect } from 'chai'
import { codeOf, errorOfProblem } from './error-of-problem.ts'

const problem = (status: number, code: string, symbol: string) => ({
  type: 'x',
  title: 'x',
  status,
  detail: 'what went wrong',
  instance: '/',
  timestamp: '2026-01-02T03:04:05Z',
  trace_id: '',
  code,
  errors: [],
  error: { code: symbol, message: 'x', details: {} },
})

describe('the error that a problem tells of', () => {
  it('is worth a retry exactly when the service says so by its status', () => {
    for (const { status, code, symbol } of Object.values(problemKinds)) {
      expect(errorOfProblem(problem(status, code, symbol)).retryable, symbol).to.equal(status >= 500 || status === 429)
    }
  })

  it('is read by its status when a later service says what this library does not know', () => {
    const codes = [400, 409, 418, 503].map(
      (status) => errorOfProblem(problem(status, 'HYPERFLEET-NEW-001', 'SOMETHING_NEW')).code,
    )
    expect(codes).to.deep.equal(['INVALID_REQUEST', 'CONFLICT', 'UNEXPECTED_ANSWER', 'SERVICE_UNAVAILABLE'])
  })

  it('is not fooled by the names that every object has', () => {
    expect(errorOfProblem(problem(409, 'HYPERFLEET-NEW-001', 'constructor')).code).to.equal('CONFLICT')
  })

  it('never takes a status alone for the absence of a pull secret', () => {
    expect(codeOf(404)).to.equal('UNEXPECTED_ANSWER')
  })
})
