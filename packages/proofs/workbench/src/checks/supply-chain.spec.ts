import { expect } from 'chai'
import { unpinned } from './supply-chain.ts'

const hash = '0123456789abcdef0123456789abcdef01234567'

describe('what a build runs', () => {
  it('is pinned by the hash of a commit', () => {
    expect(unpinned('ci.yml', `steps:\n  - uses: actions/checkout@${hash} # v4\n  - uses: ./own\n`)).to.deep.equal([])
    expect(unpinned('ci.yml', '  - uses: actions/checkout@v4\n    uses: a/b@main # no\n')).to.deep.equal([
      'ci.yml:1 does not pin actions/checkout@v4 by the hash of a commit',
      'ci.yml:2 does not pin a/b@main by the hash of a commit',
    ])
  })

  it('is no install script in an image', () => {
    expect(unpinned('Dockerfile', 'RUN npm ci --ignore-scripts --omit=optional\n')).to.deep.equal([])
    expect(unpinned('Dockerfile', 'FROM a\nRUN npm ci --omit=optional\n')).to.deep.equal([
      'Dockerfile:2 runs the install scripts of dependencies',
    ])
  })
})
