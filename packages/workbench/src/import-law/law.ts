/**
 * What a package may import from the workspace: `values` freely, `types` by `import type` only, `specs` in its specs
 * alone.
 */
export interface Allowance {
  readonly values: ReadonlyArray<string>
  readonly types?: ReadonlyArray<string>
  readonly specs?: ReadonlyArray<string>
}

const core = ['domain', 'decoding']

const registries = (name: string): boolean => name.startsWith('registry-')
const authenticators = (name: string): boolean => name.startsWith('auth-')
const sinks = (name: string): boolean => name.startsWith('secret-sink-')

const listed: Readonly<Record<string, Allowance>> = {
  domain: { values: [] },
  decoding: { values: [] },
  application: { values: ['domain'] },
  wire: { values: ['decoding'], types: ['domain'] },
  config: { values: ['decoding'], types: ['domain'] },
  'in-memory': { values: core },
  postgres: { values: core },
  'platform-node': { values: core },
  telemetry: { values: core },
  'access-policy': { values: core },
  'registry-http': { values: core },
  'registry-simulators': { values: [] },
  'embedded-postgres': { values: [] },
  'port-contracts': { values: ['domain'] },
  simulation: { values: [...core, 'application', 'in-memory', 'port-contracts'] },
  composition: {
    values: [
      ...core,
      'application',
      'wire',
      'config',
      'in-memory',
      'postgres',
      'platform-node',
      'telemetry',
      'access-policy',
      'auth-*',
      'registry-http',
      'registry-*',
    ],
  },
  server: { values: ['composition', 'wire', 'config'], types: ['domain'] },
  // The client is proved against the server it is for.
  sdk: { values: ['composition/src/embedded', 'wire'], types: ['domain'], specs: ['server'] },
  cli: { values: ['server', 'sdk', 'composition', 'wire', 'config'], types: ['domain'] },
  sandbox: { values: ['server', 'registry-simulators', 'embedded-postgres'] },
  workbench: {
    values: [
      'domain',
      'server',
      'sdk',
      'sandbox',
      'registry-simulators',
      'embedded-postgres',
      'postgres',
      'simulation',
    ],
  },
}

/** Which package may import which others; undefined for a package the law does not know. */
export const allowanceOf = (name: string): Allowance | undefined => {
  const allowance = Object.hasOwn(listed, name) ? listed[name] : undefined
  if (allowance !== undefined) return allowance
  if (registries(name)) return { values: [...core, 'registry-http'] }
  if (authenticators(name)) return { values: core }
  return sinks(name) ? { values: [], types: ['sdk'] } : undefined
}

/** What every spec may import beyond its own package's allowance. */
export const specAllowance: ReadonlyArray<string> = [
  'port-contracts',
  'in-memory',
  'registry-simulators',
  'embedded-postgres',
]

/** What an example may import: what the project offers to others, and the means to run it without a vendor. */
export const exampleAllowance: ReadonlyArray<string> = [
  ...core,
  'sdk',
  'cli',
  'server',
  'sandbox',
  'registry-http',
  'secret-sink-*',
  ...specAllowance,
]

/** A library that only some packages may import. `inSpecs` lets every spec import it, as a client or to look inside. */
export interface Technology {
  readonly name: string
  readonly modules: string
  readonly packages: ReadonlyArray<string>
  readonly inSpecs: boolean
}

export const technologies: ReadonlyArray<Technology> = [
  { name: 'inversify', modules: 'inversify', packages: ['composition'], inSpecs: false },
  { name: 'express', modules: 'express', packages: ['server', 'workbench'], inSpecs: false },
  { name: 'mikro-orm', modules: '@mikro-orm/[^/]+', packages: ['postgres'], inSpecs: false },
  { name: 'pg', modules: 'pg', packages: ['postgres', 'embedded-postgres', 'workbench'], inSpecs: true },
  { name: 'undici', modules: 'undici', packages: ['registry-*', 'auth-*', 'secret-sink-*', 'sdk'], inSpecs: true },
  {
    name: 'io-ts',
    modules: 'io-ts',
    packages: [
      'decoding',
      'wire',
      'config',
      'postgres',
      'platform-node',
      'telemetry',
      'registry-*',
      'auth-*',
      'access-policy',
      'simulation',
    ],
    inSpecs: true,
  },
]

/** The packages that may import nothing from outside the workspace but these libraries. */
export const purePackages: Readonly<Record<string, ReadonlyArray<string>>> = {
  domain: ['fp-ts'],
  application: ['fp-ts'],
  decoding: ['fp-ts', 'io-ts'],
}
