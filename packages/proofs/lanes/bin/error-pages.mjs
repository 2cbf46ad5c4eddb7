import '@pull-secret/workbench/require-node-24.mjs'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const { documentedSlugs, renderErrorIndex, renderErrorPage } = await import('../src/error-pages/render-error-page.ts')

const folder = new URL('../../../../docs/errors/', import.meta.url)
writeFileSync(new URL('README.md', folder), renderErrorIndex())
for (const slug of documentedSlugs) {
  const file = new URL(`${slug}.md`, folder)
  writeFileSync(file, renderErrorPage(slug, existsSync(file) ? readFileSync(file, 'utf8') : ''))
}
