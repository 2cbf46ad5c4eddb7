import { globSync, readFileSync } from 'node:fs'
import { type Config, loadConfig } from '@pull-secret/config'
import { registryTypes } from '@pull-secret/registry-all'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'

const root = new URL('../../../../', import.meta.url)
const documents = globSync(['*.md', 'docs/**/*.md', '{packages/*,examples}/*/README.md'], { cwd: root.pathname }).sort()

/** What an example may leave out because another one on its page has it. */
const base: Readonly<Record<string, string>> = {
  deployment: '{ id: example, sandbox: true }',
  database: '{ url_file: /database-url }',
  encryption: '{ key_ring_file: /key-ring.json }',
  access: '{ type: static, tokens_file: /tokens.json }',
  registries: '[{ id: quay, type: quay, config: { token_file: /token } }]',
}

const completed = (text: string): string =>
  Object.entries(base)
    .filter(([section]) => !new RegExp(`^${section}:`, 'm').test(text))
    .reduce((whole, [section, value]) => `${whole}\n${section}: ${value}`, text)

const load = (text: string): Config => {
  const config = loadConfig({
    flags: { config: '/config.yaml' },
    env: {},
    readFile: (path) => E.right(path === '/config.yaml' ? completed(text) : 'postgres://database.example/pull'),
  })
  if (E.isLeft(config)) throw new Error(config.left.faults.map(({ message }) => message).join('; '))
  return config.right
}

const configurations = documents.flatMap((document) =>
  [...readFileSync(new URL(document, root), 'utf8').matchAll(/^```yaml\n([^]*?)^```/gm)]
    .map(([, text = '']) => ({ document, text }))
    .filter(({ text }) => !/^apiVersion:/m.test(text)),
)

describe('the configurations in the documents', () => {
  it('load, down to the sections of built-in registry types', async () => {
    expect(configurations.filter(({ document }) => document === 'docs/run-it-yourself.md')).to.have.length.above(3)
    for (const { document, text } of configurations) {
      for (const { type, config } of load(text).registries) {
        const adapter = await registryTypes[type]?.()
        expect(adapter?.decodeConfig(config) ?? E.right(config), document).to.satisfy(E.isRight)
      }
    }
  })

  it('would be found out otherwise', () => {
    expect(() => load('registries: [{ id: quay, type: quay, tokens: x }]')).to.throw('registries.0.tokens')
  })
})
