import { expect } from 'chai'
import { findProgram, missingPrograms } from './installed-program.ts'

describe('the search for programs', () => {
  it('finds a program that every system has', () => {
    expect(findProgram('sh')).to.match(/\/sh$/)
  })

  it('says how to install what is missing, and nothing when all is there', () => {
    expect(missingPrograms(['sh', 'no-such-registry', 'no-such-client'])).to.equal(
      'no-such-registry and no-such-client are not installed ' +
        '(on Debian: apt-get install no-such-registry no-such-client)',
    )
    expect(missingPrograms(['sh'])).to.equal(undefined)
  })
})
