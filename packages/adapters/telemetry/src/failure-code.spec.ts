import { expect } from 'chai'
import { failureCodeOf } from './failure-code.ts'

describe('the code of a failure', () => {
  it('is the one that an error carries, or the name of its class', () => {
    class CommitUnknown extends Error {}
    expect(failureCodeOf(Object.assign(new Error('canary'), { code: 'ECONNREFUSED' }))).to.equal('ECONNREFUSED')
    expect(failureCodeOf(Object.assign(new Error('canary'), { code: 503 }))).to.equal('503')
    expect(failureCodeOf(new CommitUnknown('canary'))).to.equal('CommitUnknown')
  })

  it('is never what an error says', () => {
    for (const thrown of [{ code: 'a canary' }, 'canary', undefined, null, Object.assign(new Error(), { code: '' })])
      expect(failureCodeOf(thrown)).not.to.include('canary')
    expect([failureCodeOf('canary'), failureCodeOf(null)]).to.deep.equal(['unknown', 'unknown'])
  })
})
