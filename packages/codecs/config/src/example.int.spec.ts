import { readFileSync } from 'node:fs'
import { decode } from '@pull-secret/decoding'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { parse } from 'yaml'
import { loadConfig } from './index.ts'
import type { Setting } from './setting.ts'
import { settingPaths, settings } from './settings.ts'
import { readFileOf } from './working-file.spec.ts'

const example = readFileSync(new URL('../example.yaml', import.meta.url), 'utf8')

const load = (text: string) =>
  loadConfig({
    flags: { config: '/example.yaml' },
    env: {},
    readFile: readFileOf({
      '/example.yaml': text,
      '/etc/hyperfleet/secrets/database-url': 'postgres://database.example/pull',
    }),
  })

const valueAt = (path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], parse(example))

describe('example.yaml', () => {
  it('is a configuration that loads', () => {
    expect(load(example)).to.satisfy(E.isRight)
  })

  it('has every setting but the database address in the open and the file of static access', () => {
    expect(settingPaths.filter((path) => valueAt(path) === undefined)).to.deep.equal([
      'database.url',
      'access.tokens_file',
    ])
  })

  it('shows each default as it is', () => {
    for (const path of settingPaths.filter((one) => 'fallback' in settings[one] && one !== 'deployment.sandbox')) {
      expect(decode<unknown>(settings[path].codec, valueAt(path)), path).to.deep.equal(
        E.right((settings[path] as Setting<unknown>).fallback),
      )
    }
  })
})
