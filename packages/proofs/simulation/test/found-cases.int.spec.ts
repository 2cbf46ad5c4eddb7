// Here and not beside a source file because it plays the histories kept in cases/.
import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { decodeCase, replay } from '../src/index.ts'

const folder = new URL('cases/', import.meta.url)

/**
 * Each broke a promise once. A fault that its operations never meet, because they changed, would make it prove
 * nothing.
 */
describe('a history that once broke a promise', () => {
  readdirSync(folder).forEach((file) => {
    it(`breaks none any more: ${file.replace('.json', '').replaceAll('-', ' ')}`, async () => {
      const kept = decodeCase(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
      if (E.isLeft(kept)) throw new Error(kept.left.map(({ message }) => message).join('; '))
      const { violations, struck } = await replay(kept.right)
      expect(violations).to.deep.equal([])
      expect(struck).to.deep.equal(kept.right.faults)
    })
  })
})
