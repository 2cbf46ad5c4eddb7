import { expect } from 'chai'
import { parseRehearseOptions } from './rehearse-options.ts'

describe('the options of a rehearsal', () => {
  it('name one mode, and may ask for a short run', () => {
    expect(parseRehearseOptions(['global'])).to.deep.equal({ mode: 'global', isQuick: false })
    expect(parseRehearseOptions(['--quick', 'per-instance'])).to.deep.equal({ mode: 'per-instance', isQuick: true })
  })

  it('are refused where they name no mode, two, or anything else', () => {
    for (const args of [[], ['everywhere'], ['global', 'per-instance']])
      expect(() => parseRehearseOptions(args)).to.throw('per-instance|global')
    expect(() => parseRehearseOptions(['global', '--forever'])).to.throw()
  })
})
