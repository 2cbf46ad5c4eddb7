import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@pull-secret/workbench'
import { expect } from 'chai'
import { judgesOf } from './judges.ts'
import { anyLayoutOf } from './laid-out-code.ts'
import { canary, protocolMutants } from './protocol-mutants.ts'

const fileExists = (path: string): boolean => existsSync(join(repositoryRoot, path))

describe('the protocol mutants', () => {
  it('each change code that stands exactly once', () => {
    const stale = [canary, ...protocolMutants].filter(
      ({ file, find }) => readFileSync(join(repositoryRoot, file), 'utf8').match(anyLayoutOf(find))?.length !== 1,
    )
    expect(stale.map(({ name }) => name)).to.deep.equal([])
  })

  it('each have a name of their own, and judges with specs that are there', () => {
    expect(new Set(protocolMutants.map(({ name }) => name)).size).to.equal(protocolMutants.length)
    const unjudged = protocolMutants.filter(
      (mutant) =>
        judgesOf(mutant).length === 0 ||
        judgesOf(mutant).some(({ specs }) => specs.length === 0 || !specs.every(fileExists)),
    )
    expect(unjudged.map(({ name }) => name)).to.deep.equal([])
  })

  const wanted = {
    'packages/core/domain/': 20,
    'packages/core/application/': 5,
    'packages/adapters/postgres/': 12,
    'packages/adapters/auth-kubernetes/': 20,
    'packages/registries/quay/': 12,
    'packages/registries/rhit/': 12,
    'packages/registries/distribution/': 12,
  }
  for (const [folder, least] of Object.entries(wanted)) {
    it(`are at least ${String(least)} in ${folder}`, () => {
      expect(protocolMutants.filter(({ file }) => file.startsWith(folder)).length).to.be.at.least(least)
    })
  }
})
