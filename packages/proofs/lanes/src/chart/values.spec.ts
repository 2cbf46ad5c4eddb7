import { expect } from 'chai'
import { misspellingsOf } from '../vendor/misspellings.ts'
import { valueSets } from './chart-files.ts'
import { defaultValues, mergedValues, readValues, schemaFaults, type Values } from './values.ts'

/** Below these, keys are anybody's or Kubernetes' to choose. */
const freeSections = [
  'affinity',
  'tolerations',
  'resources',
  'nodeSelector',
  'imagePullSecrets',
  'extraEnv',
  'podSecurityContext',
  'securityContext',
  'sandboxSecrets',
]
const isFree = (path: string): boolean =>
  freeSections.some((section) => path.startsWith(`${section}.`)) ||
  /\.(labels|annotations|to|callers|scrapers|secretFiles|source|config)\./.test(path)

describe('values, laid over others,', () => {
  it('merge in sections, replace lists, and remove by null', () => {
    expect(mergedValues({ a: { b: 1, c: [1] }, d: 2 }, { a: { c: [2] }, d: null, e: {} })).to.deep.equal({
      a: { b: 1, c: [2] },
      e: {},
    })
  })
})

describe('the schema of the values', () => {
  const faultsOf = schemaFaults()
  const sets = Object.entries(valueSets).map(([name, file]): readonly [string, Values] => [
    name,
    mergedValues(defaultValues(), readValues(file)),
  ])

  it('takes every set of values in ci', () => {
    expect(sets.length).to.be.above(0)
    for (const [name, values] of sets) expect(faultsOf(values), name).to.deep.equal([])
  })

  it('refuses every misspelt key', () => {
    const unnoticed = sets.flatMap(([name, values]) =>
      misspellingsOf(values)
        .filter(({ path, body }) => !isFree(path) && faultsOf(body as Values).length === 0)
        .map(({ path }) => `${name} ${path}`),
    )
    expect(unnoticed).to.deep.equal([])
  })

  it('refuses what would not work, and says where', () => {
    const faultsWith = (values: Values): ReadonlyArray<string> => faultsOf(mergedValues(defaultValues(), values))
    expect(faultsWith({ mode: 'regional' }).join()).to.include('/mode ')
    expect(faultsWith({ registries: [] }).join()).to.include('/registries ')
    expect(faultsWith({ registries: [{ id: 'quay' }] }).join()).to.include("'type'")
    expect(faultsWith({ config: { server: { port: 9000 } } }).join()).to.include('/config/server ')
    expect(faultsWith({ database: { existingSecret: '' } }).join()).to.include('/database/existingSecret ')
  })
})
