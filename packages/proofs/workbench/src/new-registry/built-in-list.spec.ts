import { expect } from 'chai'
import { withDependency, withEntry } from './built-in-list.ts'
import { spellingsOf } from './registry-name.ts'

const entry = (name: string): string => `  ${name}: async () => load('${name}'),`
const listOf = (...lines: ReadonlyArray<string>): string => ['export const types = {', ...lines, '}', ''].join('\n')

describe('the list of built-in registry types', () => {
  it('gets one line, at its place in the alphabet', () => {
    const list = listOf(entry('distribution'), entry('quay'))
    const line = (key: string, camel: string, kebab: string): string =>
      `  ${key}: async () => (await import('@pull-secret/registry-${kebab}')).${camel}Registry,`
    expect(withEntry(list, spellingsOf('acme'))).to.equal(
      listOf(line('acme', 'acme', 'acme'), entry('distribution'), entry('quay')),
    )
    expect(withEntry(list, spellingsOf('my-vendor'))).to.equal(
      listOf(entry('distribution'), line("'my-vendor'", 'myVendor', 'my-vendor'), entry('quay')),
    )
    expect(withEntry(list, spellingsOf('zot'))).to.equal(
      listOf(entry('distribution'), entry('quay'), line('zot', 'zot', 'zot')),
    )
  })

  it('depends on the new package', () => {
    const manifest = JSON.stringify({ name: 'all', dependencies: { '@pull-secret/registry-quay': '0.1.0' } })
    expect(JSON.parse(withDependency(manifest, spellingsOf('acme')))).to.deep.equal({
      name: 'all',
      dependencies: { '@pull-secret/registry-acme': '0.1.0', '@pull-secret/registry-quay': '0.1.0' },
    })
  })
})
