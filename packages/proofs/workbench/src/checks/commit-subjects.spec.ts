import { expect } from 'chai'
import { complaintsAbout } from './commit-subjects.ts'

describe('the subject of a commit', () => {
  it('is a short sentence', () => {
    expect(complaintsAbout('Keep the old credential valid until the cluster confirms the new one')).to.deep.equal([])
    expect(complaintsAbout('a'.repeat(72))).to.deep.equal([])
  })

  it('may name a thing with a colon in it', () => {
    expect(complaintsAbout('Read access.type: static in a sandbox only')).to.deep.equal([])
  })

  it('has at most 72 characters', () => {
    expect(complaintsAbout('a'.repeat(73))).to.deep.equal(['is longer than 72 characters'])
  })

  it('has no prefix', () => {
    for (const subject of ['feat: add rotation', 'fix(ledger): keep the fence', 'Docs: name it', 'refactor!: rename']) {
      expect(complaintsAbout(subject), subject).to.deep.equal(['begins with a prefix'])
    }
  })

  it('has no full stop', () => {
    expect(complaintsAbout('Keep the fence.')).to.deep.equal(['ends with a full stop'])
  })
})
