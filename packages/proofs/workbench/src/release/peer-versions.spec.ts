import { expect } from 'chai'
import { withPeersAt } from './peer-versions.ts'

describe('the peers of a package in a release', () => {
  it('have the version of the release, if they are ours', () => {
    expect(
      withPeersAt({ name: 'x', peerDependencies: { '@pull-secret/postgres': '0.1.0', pg: '8.23.1' } }, '0.2.0'),
    ).to.deep.equal({ name: 'x', peerDependencies: { '@pull-secret/postgres': '0.2.0', pg: '8.23.1' } })
  })

  it('are not invented', () => {
    expect(withPeersAt({}, '0.2.0')).to.deep.equal({})
  })
})
