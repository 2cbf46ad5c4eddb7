import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { registryTypes } from './index.ts'

/** Folders beside this package that are no registry type. */
const others = ['all', 'http']

describe('the built-in registry types', () => {
  it('are all the registry packages', () => {
    const folders = readdirSync(join(import.meta.dirname, '../..')).filter((folder) => !others.includes(folder))
    expect(Object.keys(registryTypes)).to.have.members(folders)
  })

  for (const [type, load] of Object.entries(registryTypes))
    it(`load ${type} under its own name`, async () => {
      expect((await load()).type).to.equal(type)
    })
})
