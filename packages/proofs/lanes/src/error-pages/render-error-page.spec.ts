import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { documentedSlugs, proseSections, renderErrorIndex, renderErrorPage } from './render-error-page.ts'

const folder = new URL('../../../../../docs/errors/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8')

describe('the pages of errors (`npm run error-pages` brings table and examples up to date)', () => {
  it('are one for each kind of problem, and an index', () => {
    expect(readdirSync(folder).sort()).to.deep.equal(
      ['README.md', ...documentedSlugs.map((slug) => `${slug}.md`)].sort(),
    )
  })

  it('list in the index what the service answers', () => {
    expect(read('README.md')).to.equal(renderErrorIndex())
  })

  for (const slug of documentedSlugs) {
    it(`say of ${slug} what the service answers, and what to do about it`, () => {
      const page = read(`${slug}.md`)
      expect(page).to.equal(renderErrorPage(slug, page))
      const [, ...sections] = page.split(/^(?=## )/m).map((section) => section.trim())
      expect(sections.map((section) => section.split('\n')[0])).to.deep.equal([...proseSections, '## Example'])
      for (const section of sections) expect(section, 'a section without text').to.match(/^## .+\n\n\S/)
    })
  }
})
