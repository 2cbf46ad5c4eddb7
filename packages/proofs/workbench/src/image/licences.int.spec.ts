import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { licencesText } from './licences.ts'

describe('the licences of what is bundled', () => {
  let root = ''
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'licences-'))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  const write = (name: string, manifest: object, texts: Readonly<Record<string, string>> = {}): string => {
    mkdirSync(join(root, name))
    writeFileSync(join(root, name, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...manifest }))
    for (const [file, text] of Object.entries(texts)) writeFileSync(join(root, name, file), text)
    return name
  }

  it('are their texts, or the name where there is no text', () => {
    const folders = [
      write('left', { license: 'MIT' }, { 'LICENSE.md': 'left may be used', NOTICE: 'made by left', 'a.js': '' }),
      write('right', { license: 'ISC' }),
    ]
    expect(licencesText(root, folders).split(/\n+/)).to.deep.equal([
      'left 1.0.0 (MIT)',
      'left may be used',
      'made by left',
      '-'.repeat(80),
      'right 1.0.0 (ISC)',
      '',
    ])
  })

  it('are missed where a package has none', () => {
    const folders = [write('nobodys', {})]
    expect(() => licencesText(root, folders)).to.throw('nobodys does not say its licence')
  })
})
