import { expect } from 'chai'
import { badClusterId, isClusterId } from './cluster-id.ts'

const cloudProviders: ReadonlyArray<string> = []

describe('a cluster id', () => {
  it('holds what the database and a log can hold, whatever the patterns of the deployment allow', () => {
    const lax = { clusterIdPatterns: [/^[^]*$/], cloudProviders }
    expect(isClusterId('cls-abc123', lax)).to.equal(true)
    for (const text of [undefined, '', 'a\0b', 'a\nb', 'a b', 'a\u0085', 'ü', '\ud800', '\u202e', 'x'.repeat(65)])
      expect(isClusterId(text, lax), JSON.stringify(text)).to.equal(false)
  })

  it('is refused with the patterns that would have been accepted, and never with itself', () => {
    const limits = { clusterIdPatterns: [/^cls-[a-z0-9]{6,36}$/, /^own-\d+$/], cloudProviders }
    expect(isClusterId('canary', limits)).to.equal(false)
    expect(badClusterId(limits).message).to.include('^cls-[a-z0-9]{6,36}$ or ^own-\\d+$')
  })
})
