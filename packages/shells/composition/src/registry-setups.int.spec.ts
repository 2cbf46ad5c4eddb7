import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { RegistryConfig } from '@pull-secret/config'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { registrySetupsOf } from './registry-setups.ts'

const adapter = (type: string): string =>
  `{ type: '${type}', requiredByDefault: true, decodeConfig: () => undefined,
    hosts: () => [], aliases: () => [], open: () => undefined }`

describe('the adapters of configured registries', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'registry-module-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const write = (content: string): string => {
    const file = join(folder, 'adapter.mjs')
    writeFileSync(file, content)
    return file
  }
  const aRegistry = (id: string, type: string, module?: string): RegistryConfig => ({
    id,
    type,
    module,
    enabled: true,
    leaseSeconds: 30,
    callSeconds: 10,
    config: {},
  })
  const typesOf = async (...registries: ReadonlyArray<RegistryConfig>) => {
    const setups = await registrySetupsOf({ registries })
    return E.isRight(setups) ? setups.right.map((setup) => setup.adapter.type) : setups.left
  }

  it('are built in, or what the configured module exports', async () => {
    const module = write(`export const toyRegistry = ${adapter('toy')}`)
    expect(await typesOf(aRegistry('quay', 'quay'), aRegistry('edge', 'toy', module))).to.deep.equal(['quay', 'toy'])
  })

  it('have the budget of a type that is built in, of which their entry may say otherwise', async () => {
    const quay = aRegistry('quay', 'quay')
    const setups = await registrySetupsOf({
      registries: [
        quay,
        { ...quay, budget: { share: 0.5 } },
        { ...quay, budget: { perMinute: 300, burst: 25 } },
        aRegistry('rhit', 'rhit'),
        aRegistry('plain', 'distribution'),
      ],
    })
    expect(E.isRight(setups) && setups.right.map(({ budget }) => budget)).to.deep.equal([
      { perMinute: 60 },
      { perMinute: 60, share: 0.5 },
      { perMinute: 300, burst: 25 },
      { perMinute: 120 },
      undefined,
    ])
  })

  it('are found by a path from the working directory, and by the name of a package', async () => {
    const module = `./${relative(process.cwd(), write(`export const toyRegistry = ${adapter('toy')}`))}`
    expect(await typesOf(aRegistry('edge', 'toy', module))).to.deep.equal(['toy'])
    expect(await typesOf(aRegistry('quay', 'quay', '@pull-secret/registry-quay'))).to.deep.equal(['quay'])
  })

  it('may be exported under two names, and beside other things', async () => {
    const module = write(
      `export const toyRegistry = ${adapter('toy')}; export default toyRegistry; export const limit = 3`,
    )
    expect(await typesOf(aRegistry('edge', 'toy', module))).to.deep.equal(['toy'])
  })

  it('must be of a type that is there, told together with what is wrong in other sections', async () => {
    expect(await typesOf(aRegistry('quay', 'quay'), aRegistry('edge', 'constructor'))).to.deep.equal([
      {
        field: 'registries.0.config.token_file',
        message: 'registry quay: token_file is required (non-empty text)',
      },
      {
        field: 'registries.1.type',
        message: 'registry edge: type must be one of distribution, quay, rhit, unless module names an adapter',
      },
    ])
  })

  it('must be of the type that is configured', async () => {
    const module = write(`export const toyRegistry = ${adapter('toy')}`)
    expect(await typesOf(aRegistry('edge', 'parcel', module))).to.deep.equal([
      { field: 'registries.0.type', message: 'registry edge: type must be toy, as its module says' },
    ])
  })

  const faults: ReadonlyArray<readonly [what: string, content: string, rule: string]> = [
    [
      'no adapter',
      `export const toyRegistry = { type: 'toy' }`,
      'must export exactly one registry adapter; it exports 0',
    ],
    [
      'two adapters',
      `export const one = ${adapter('one')}; export const two = ${adapter('two')}`,
      'must export exactly one registry adapter; it exports 2',
    ],
    ['an error', `throw new Error('canary')`, 'must load without an error; it threw Error'],
    [
      'an import that is not there',
      `import 'nowhere-to-be-found'`,
      'must name a file or an installed package; it, or something that it imports, was not found',
    ],
  ]
  for (const [what, content, rule] of faults)
    it(`cannot come from a module with ${what}`, async () => {
      expect(await typesOf(aRegistry('edge', 'toy', write(content)))).to.deep.equal([
        { field: 'registries.0.module', message: `registry edge: module ${rule}` },
      ])
    })

  it('cannot come from a module that is not there', async () => {
    for (const module of [join(folder, 'missing.mjs'), '@example/nowhere-to-be-found'])
      expect(await typesOf(aRegistry('edge', 'toy', module))).to.have.nested.property(
        '[0].field',
        'registries.0.module',
      )
  })
})
