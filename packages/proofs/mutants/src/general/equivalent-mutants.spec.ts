import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@pull-secret/workbench'
import { expect } from 'chai'
import { anyLayoutOf } from '../laid-out-code.ts'
import { equivalentMutants } from './equivalent-mutants.ts'
import { isJudge, judgedFolders } from './settings.ts'

const isJudged = (file: string): boolean =>
  !isJudge(file) && judgedFolders.some((folder) => file.startsWith(`${folder}/`))

const stands = ({ file, find }: { readonly file: string; readonly find: string }): boolean => {
  const path = join(repositoryRoot, file)
  return existsSync(path) && anyLayoutOf(find).test(readFileSync(path, 'utf8'))
}

describe('the mutants that are set aside', () => {
  it('each change code that still stands in its file', () => {
    const gone = equivalentMutants.filter((mutant) => !stands(mutant))
    expect(gone.map(({ file, find }) => `${file}: ${find}`)).to.deep.equal([])
  })

  it('are all of the code that is judged', () => {
    expect(equivalentMutants.map(({ file }) => file).filter((file) => !isJudged(file))).to.deep.equal([])
  })
})
