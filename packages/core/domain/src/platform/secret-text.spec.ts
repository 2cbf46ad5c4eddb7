import { inspect } from 'node:util'
import { expect } from 'chai'
import { secretText } from '../index.ts'

describe('secret text', () => {
  it('shows nothing to anything that prints', () => {
    const secret = secretText('canary')
    const printed = [String(secret), JSON.stringify({ secret }), inspect(secret), inspect({ deep: { secret } })]
    expect(printed.join(' ')).not.to.include('canary')
    expect(secret.reveal()).to.equal('canary')
    expect([String(secret), JSON.stringify(secret), inspect(secret)]).to.deep.equal([
      '[redacted]',
      '"[redacted]"',
      '[redacted]',
    ])
  })
})
