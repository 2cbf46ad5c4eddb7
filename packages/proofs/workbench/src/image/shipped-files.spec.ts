import { expect } from 'chai'
import { isShipped } from './shipped-files.ts'

describe('what belongs into the image', () => {
  it('is what runs, and the licence', () => {
    for (const path of ['package.json', 'LICENSE', 'LICENSE.md', 'dist/index.js', 'bin/program.mjs', 'README.md'])
      expect(isShipped(path), path).to.equal(true)
    for (const path of ['lib/contest/index.js', 'lib/test.js', 'build/latest.json'])
      expect(isShipped(path), path).to.equal(true)
  })

  it('is no source, type, source map or test', () => {
    for (const path of ['dist/index.js.map', 'dist/index.d.ts', 'a.d.mts', 'a.d.cts', 'src/a.ts', 'x.tsbuildinfo'])
      expect(isShipped(path), path).to.equal(false)
    for (const path of ['test/a.js', 'lib/tests/a.js', 'lib/__tests__/a.js', 'a.spec.js', 'a.test.mjs'])
      expect(isShipped(path), path).to.equal(false)
  })
})
