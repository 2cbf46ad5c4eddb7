import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { loadConfig } from './index.ts'
import { readFileOf, workingFile } from './working-file.spec.ts'

const registriesOf = (module: string): string => JSON.stringify([{ id: 'edge', type: 'toy', module }])

/** The module, or the fault, of the one registry of a file with this name. */
const moduleIn = (file: string, module: string, env: Readonly<Record<string, string>> = {}) => {
  const text = workingFile.replace(/registries: .*/, `registries: ${registriesOf(module)}`)
  const config = loadConfig({ flags: { config: file }, env, readFile: readFileOf({ [file]: text }) })
  return E.isRight(config)
    ? config.right.registries[0]?.module
    : config.left.faults.map(({ field, rule }) => [field, rule])
}

describe('the module of a registry', () => {
  it('lies beside the configuration file where its path is relative', () => {
    expect(moduleIn('/etc/hyperfleet/config.yaml', './toy.js')).to.equal('/etc/hyperfleet/./toy.js')
    expect(moduleIn('conf/config.yaml', '../toy.js')).to.equal('./conf/../toy.js')
    expect(moduleIn('config.yaml', './toy.js')).to.equal('././toy.js')
  })

  it('is taken as it is where its path is absolute, and where it is a package', () => {
    expect(moduleIn('/config.yaml', '/opt/toy.js')).to.equal('/opt/toy.js')
    expect(moduleIn('/config.yaml', '@example/registry-toy')).to.equal('@example/registry-toy')
    expect(moduleIn('/config.yaml', 'registry-toy/adapter')).to.equal('registry-toy/adapter')
  })

  it('lies in the working directory where a variable names it', () => {
    expect(moduleIn('/config.yaml', './file.js', { HYPERFLEET_REGISTRIES: registriesOf('./toy.js') })).to.equal(
      './toy.js',
    )
  })

  it('is neither an address, nor a folder, nor nothing', () => {
    for (const module of ['data:text/javascript,0', 'https://example.com/toy.js', 'node:fs', './', '.', '', '@example'])
      expect(moduleIn('/config.yaml', module), module).to.deep.equal([['registries.0.module', 'format']])
  })
})
