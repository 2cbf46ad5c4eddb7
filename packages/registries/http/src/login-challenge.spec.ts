import { expect } from 'chai'
import { readLoginChallenges } from './login-challenge.ts'

describe('readLoginChallenges', () => {
  it('reads what a registry with a token server says', () => {
    expect(readLoginChallenges('Bearer realm="https://quay.io/v2/auth",service="quay.io"')).to.deep.equal([
      { scheme: 'bearer', parameters: { realm: 'https://quay.io/v2/auth', service: 'quay.io' } },
    ])
  })

  it('keeps commas and quotes inside quotes', () => {
    expect(readLoginChallenges(String.raw`Bearer scope="repository:a/b:pull,push", note="say \"x\""`)).to.deep.equal([
      { scheme: 'bearer', parameters: { scope: 'repository:a/b:pull,push', note: 'say "x"' } },
    ])
  })

  it('reads schemes and names in any case, and values without quotes', () => {
    expect(readLoginChallenges('BASIC Realm=here')).to.deep.equal([{ scheme: 'basic', parameters: { realm: 'here' } }])
  })

  it('reads several challenges of one line', () => {
    expect(
      readLoginChallenges('Negotiate, Basic realm="a", Bearer realm="b" , service=c').map(({ scheme, parameters }) => [
        scheme,
        parameters['realm'],
      ]),
    ).to.deep.equal([
      ['negotiate', undefined],
      ['basic', 'a'],
      ['bearer', 'b'],
    ])
  })

  it('ends at what it cannot read', () => {
    expect(readLoginChallenges('')).to.deep.equal([])
    expect(readLoginChallenges('"')).to.deep.equal([])
    expect(readLoginChallenges('Basic realm="never closed')[0]).to.deep.equal({ scheme: 'basic', parameters: {} })
  })
})
