import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canary, protocolMutants } from '../src/mutants/protocol-mutants.ts'
import { repositoryRoot } from '../src/repository.ts'

describe('the protocol mutants', () => {
  it('each change a text that stands exactly once', () => {
    const stale = [canary, ...protocolMutants].filter(({ file, find }) => readFileSync(join(repositoryRoot, file), 'utf8').split(find).length !== 2)
    expect(stale.map(({ name }) => name)).to.deep.equal([])
  })

  it('are at least twenty, each with a name of its own', () => {
    expect(new Set(protocolMutants.map(({ name }) => name)).size).to.equal(protocolMutants.length).and.to.be.at.least(20)
  })
})
