import { expect } from 'chai'
import { anchorsOf, relativeLinks } from './markdown.ts'

describe('reading Markdown', () => {
  it('finds links in the text and in link definitions', () => {
    expect(relativeLinks('See [a](docs/a.md#part "A") and [b].\n\n[b]: ../b.md\n')).to.deep.equal([
      'docs/a.md#part',
      '../b.md',
    ])
  })

  it('leaves out links to other sites', () => {
    expect(relativeLinks('[a](https://example.com/a) [b](mailto:b@example.com)')).to.deep.equal([])
  })

  it('leaves out what only looks like a link in code', () => {
    expect(relativeLinks('`[a](b)`\n\n```\n[c](d)\n```\n')).to.deep.equal([])
  })

  it('knows the anchors of headings', () => {
    expect([...anchorsOf('# A `code` title\n\n```\n# no title\n```\n\n## What, then?\n')]).to.deep.equal([
      'a-code-title',
      'what-then',
    ])
  })
})
