import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { isSafeAddress, refuseClearText, warnOfClearText } from './clear-text.ts'

describe('clear text', () => {
  it('goes nowhere but to this machine', () => {
    for (const address of ['https://quay.io', 'http://localhost:8080', 'http://127.0.0.1', 'http://[::1]:5000'])
      expect(isSafeAddress(new URL(address)), address).to.equal(true)
    for (const address of [
      'http://quay.io',
      'http://127.evil.example',
      'http://localhost.evil.example',
      'http://10.0.0.1',
    ])
      expect(isSafeAddress(new URL(address)), address).to.equal(false)
  })

  it('is refused by the field that would cause it, unless it is asked for', () => {
    const addresses = { base_url: 'http://quay.internal', registry_url: 'https://quay.internal' }
    const refused = refuseClearText(addresses, { insecureHttp: false })
    if (E.isRight(refused)) throw new Error('clear text was not refused')
    expect(refused.left.map(({ field, rule }) => [field, rule])).to.deep.equal([['base_url', 'invalid']])
    expect(refused.left[0]?.message).to.include('insecure_http: true').and.not.to.include('quay.internal')
    expect(refuseClearText(addresses, { insecureHttp: true })).to.deep.equal(E.right(undefined))
  })

  it('is told of where it was asked for', () => {
    const lines: Array<unknown> = []
    const logger = {
      log:
        (...line: ReadonlyArray<unknown>) =>
        () =>
          void lines.push(line),
    }
    warnOfClearText({ base_url: 'http://quay.internal', registry_url: 'http://127.0.0.1' }, logger, 'quay')
    expect(lines).to.deep.equal([
      ['warn', 'insecure_http: tokens of this registry travel in clear text', { registry: 'quay', field: 'base_url' }],
    ])
  })
})
