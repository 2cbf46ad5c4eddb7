import { expect } from 'chai'
import { licenceFindings } from './licence.ts'

const folder = 'packages/core/domain'
const found = (manifest: object, licence?: string) => licenceFindings({ folder, manifest, licence }, 'Apache')

describe('the licence of a package', () => {
  it('is that of the project, and goes into what is published', () => {
    expect(found({ files: ['dist', 'LICENSE'] }, 'Apache')).to.deep.equal([])
    expect(found({}, 'Apache')).to.deep.equal([])
  })

  it('is missed where it is absent, another one, or left out', () => {
    expect(found({})).to.deep.equal([`${folder} needs the LICENSE of the project`])
    expect(found({}, 'MIT')).to.have.length(1)
    expect(found({ files: ['dist'] }, 'Apache')).to.deep.equal([
      `${folder}/package.json does not list LICENSE in files`,
    ])
  })

  it('is not asked of what nobody publishes', () => {
    expect(found({ private: true })).to.deep.equal([])
  })
})
