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
      'packages/b/src/deep/b.e2e.spec.ts',
      'packages/b/src/b.int.spec.ts',
      'packages/b/src/b.ts',
      'packages/b/dist/b.spec.ts',
      'packages/b/node_modules/x/src/x.spec.ts',
      'packages/a/test/a.spec.ts',
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
      'packages/a/test/a.spec.ts',
      'packages/b/src/b.int.spec.ts',
      'packages/b/src/deep/b.e2e.spec.ts',
    ])
  })

  it('takes a named file once, however it is named', () => {
    const names = ['packages/a/test/a.spec.ts', 'test/a.spec.ts']
    const { files } = findSpecs(names, { root, from: [join(root, 'packages/a'), root] })
    expect(files).to.deep.equal(['packages/a/test/a.spec.ts'])
  })

  it('takes the specs below a named folder', () => {
    expect(findSpecs(['packages/b/src'], { root }).files).to.have.length(2)
  })

  it('takes the specs a pattern matches', () => {
    expect(findSpecs(['packages/*/src/*.int.spec.ts'], { root }).files).to.deep.equal(['packages/b/src/b.int.spec.ts'])
  })

  it('names what leads to no spec', () => {
    expect(findSpecs(['packages/c', 'packages/a'], { root }).unknown).to.deep.equal(['packages/c'])
  })
})
