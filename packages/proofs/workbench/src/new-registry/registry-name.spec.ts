import { expect } from 'chai'
import { repositoryRoot } from '../repository.ts'
import { faultOfName, spellingsOf } from './registry-name.ts'

describe('the name of a new registry', () => {
  it('is spelled as code needs it', () => {
    expect(spellingsOf('my-vendor2')).to.deep.equal({ kebab: 'my-vendor2', camel: 'myVendor2', pascal: 'MyVendor2' })
  })

  it('is made of lower-case words', () => {
    for (const name of ['acme', 'my-vendor', 'a2']) expect(faultOfName(name, repositoryRoot), name).to.equal(undefined)
    for (const name of ['', 'Acme', 'my_vendor', '-acme', 'acme-', 'a--b', '2be', 'a-2', '../acme', 'a'.repeat(33)])
      expect(faultOfName(name, repositoryRoot), name).to.match(/^A name is at most 32 .*\.$/)
  })

  it('is needed', () => {
    expect(faultOfName(undefined, repositoryRoot)).to.match(/^Name the registry: /)
  })

  it('is not that of a folder that is there', () => {
    for (const name of ['quay', 'http', 'all'])
      expect(faultOfName(name, repositoryRoot)).to.equal(
        `packages/registries/${name} exists: choose another name, or remove it first.`,
      )
  })
})
