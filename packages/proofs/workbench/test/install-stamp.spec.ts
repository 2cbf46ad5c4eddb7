// Here and not beside its source, install-stamp.mjs, because specs are looked for in src and test only.
import { expect } from 'chai'
import { installStamp, missingNode, reasonToInstall } from '../install-stamp.mjs'

const machine = { platform: 'linux', arch: 'x64' }

describe('the installation stamp', () => {
  it('stays the same for the same lockfile on the same kind of machine', () => {
    expect(installStamp('lock', machine)).to.equal(installStamp('lock', { ...machine }))
  })

  for (const [change, stamp] of [
    ['the lockfile', installStamp('other lock', machine)],
    ['the platform', installStamp('lock', { ...machine, platform: 'darwin' })],
    ['the architecture', installStamp('lock', { ...machine, arch: 'arm64' })],
  ] as const) {
    it(`asks for an installation when ${change} differs`, () => {
      expect(reasonToInstall({ wanted: installStamp('lock', machine), found: stamp })).to.be.a('string')
    })
  }

  it('asks for an installation when none was finished', () => {
    expect(reasonToInstall({ wanted: installStamp('lock', machine), found: undefined })).to.be.a('string')
  })

  it('asks for nothing when the last installation fits', () => {
    const stamp = installStamp('lock', machine)
    expect(reasonToInstall({ wanted: stamp, found: stamp })).to.equal(undefined)
  })
})

describe('the Node that runs the scripts', () => {
  it('is the pinned one, however old the running one is', () => {
    expect(missingNode({ pinnedNodeFound: true, runningMajor: 20 })).to.equal(undefined)
  })

  it('may be the running one where none is pinned for the platform', () => {
    expect(missingNode({ pinnedNodeFound: false, runningMajor: 24 })).to.equal(undefined)
  })

  it('is asked for in one sentence when neither is good enough', () => {
    expect(missingNode({ pinnedNodeFound: false, runningMajor: 22 })).to.contain('install Node 24')
  })
})
