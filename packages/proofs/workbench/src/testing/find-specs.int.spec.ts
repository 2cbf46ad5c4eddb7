import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { findSpecs } from './find-specs.ts'

describe('finding specs', () => {
  let root = ''

  const write = (path: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), '')
  }

  before(() => {
    root = mkdtempSync(join(tmpdir(), 'find-specs-'))
    for (const path of [
      'packages/group/b/src/deep/b.e2e.spec.ts',
      'packages/group/b/src/b.int.spec.ts',
      'packages/group/b/src/b.ts',
      'packages/group/b/dist/b.spec.ts',
      'packages/group/b/node_modules/x/src/x.spec.ts',
      'packages/group/a/test/a.spec.ts',
      'examples/e/e.spec.ts',
      'examples/e/node_modules/x/x.spec.ts',
    ]) {
      write(path)
    }
  })

  after(() => {
    rmSync(root, { recursive: true })
  })

  it('takes every spec of packages and examples, the fast ones first', () => {
    expect(findSpecs([], { root }).files).to.deep.equal([
      'examples/e/e.spec.ts',
      'packages/group/a/test/a.spec.ts',
      'packages/group/b/src/b.int.spec.ts',
      'packages/group/b/src/deep/b.e2e.spec.ts',
    ])
  })

  it('takes a named file once, however it is named', () => {
    const names = ['packages/group/a/test/a.spec.ts', 'test/a.spec.ts']
    const { files } = findSpecs(names, { root, from: [join(root, 'packages/group/a'), root] })
    expect(files).to.deep.equal(['packages/group/a/test/a.spec.ts'])
  })

  it('takes the specs below a named folder', () => {
    expect(findSpecs(['packages/group/b/src'], { root }).files).to.have.length(2)
  })

  it('takes the specs a pattern matches', () => {
    expect(findSpecs(['packages/group/*/src/*.int.spec.ts'], { root }).files).to.deep.equal([
      'packages/group/b/src/b.int.spec.ts',
    ])
  })

  it('names what leads to no spec', () => {
    expect(findSpecs(['packages/group/c', 'packages/group/a'], { root }).unknown).to.deep.equal(['packages/group/c'])
  })
})
