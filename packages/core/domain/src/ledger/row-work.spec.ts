import { expect } from 'chai'
import { type CredentialState, workOf } from '../index.ts'

describe('the work on a row', () => {
  it('follows from its state, and for what is in use from its note', () => {
    const states: ReadonlyArray<CredentialState> = ['intended', 'ready', 'active', 'retiring', 'revoking', 'revoked']
    expect(states.map((state) => workOf({ state }))).to.deep.equal([
      'create',
      'mint',
      'mint',
      'mint',
      'revoke',
      'revoke',
    ])
    expect(states.map((state) => workOf({ state, nextWork: 'validate' }))).to.deep.equal([
      'create',
      'validate',
      'validate',
      'validate',
      'revoke',
      'revoke',
    ])
  })
})
