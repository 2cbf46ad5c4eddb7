import { expect } from 'chai'
import { lanesOf } from './lanes-of.ts'

const [fast, integration, endToEnd] = ['a.spec.ts', 'b.int.spec.ts', 'c.e2e.spec.ts'] as const

describe('lanes of', () => {
  it('are one for each kind of spec, of which only the end-to-end one needs the build', () => {
    expect(lanesOf([fast, integration, endToEnd], { apart: true })).to.deep.equal([
      { files: [fast], needsBuild: false },
      { files: [integration], needsBuild: false },
      { files: [endToEnd], needsBuild: true },
    ])
  })

  it('are none for a kind without specs', () => {
    expect(lanesOf([fast, endToEnd], { apart: true }).map(({ files }) => files)).to.deep.equal([[fast], [endToEnd]])
  })

  it('are one for all where they shall not run apart', () => {
    expect(lanesOf([fast, endToEnd], { apart: false })).to.deep.equal([{ files: [fast, endToEnd], needsBuild: true }])
    expect(lanesOf([fast, integration], { apart: false })[0]?.needsBuild).to.equal(false)
  })
})
