/**
 * What the packages of a group may import from the workspace: `values` freely, `types` by `import type` only, `specs`
 * in their specs alone. Packages are named by group and folder; `adapters/*` stands for all of its group, and
 * `shells/composition/src/embedded` for a subpath.
 */
export interface Allowance {
  readonly packages: string
  readonly values: ReadonlyArray<string>
  readonly types?: ReadonlyArray<string>
  readonly specs?: ReadonlyArray<string>
}

const edges = ['core/domain', 'codecs/decoding']

/** The first line that names a package is its law: a new package inherits the line of its group. */
const law: ReadonlyArray<Allowance> = [
  { packages: 'core/domain', values: [] },
  { packages: 'core/application', values: ['core/domain'] },
  { packages: 'codecs/decoding', values: [] },
  // It describes what wire says.
  { packages: 'codecs/openapi', values: [...edges, 'codecs/wire'] },
  { packages: 'codecs/*', values: edges },
  { packages: 'adapters/mounted-files', values: [] },
  { packages: 'adapters/*', values: [...edges, 'adapters/mounted-files'] },
  { packages: 'registries/all', values: ['core/domain', 'registries/*'] },
  { packages: 'registries/*', values: [...edges, 'adapters/mounted-files', 'registries/http'] },
  { packages: 'sinks/*', values: [], types: ['shells/sdk'] },
  { packages: 'shells/api', values: ['core/*', 'codecs/wire'] },
  { packages: 'shells/composition', values: ['core/*', 'codecs/*', 'adapters/*', 'registries/*', 'shells/api'] },
  {
    packages: 'shells/server',
    values: ['shells/composition', 'shells/api', 'codecs/wire', 'codecs/openapi', 'codecs/config', 'core/domain'],
    // Operations are proved against the access, and what is counted against the metrics, that production has.
    specs: ['adapters/auth-kubernetes', 'adapters/telemetry'],
  },
  {
    packages: 'shells/sdk',
    values: ['shells/composition/src/embedded', 'codecs/wire', 'core/domain'],
    types: ['shells/api'],
    // The client is proved against the server it is for.
    specs: ['shells/server'],
  },
  {
    packages: 'shells/cli',
    values: [
      'shells/server',
      'shells/sdk',
      'shells/composition',
      'shells/api',
      'codecs/wire',
      'codecs/config',
      'core/domain',
    ],
  },
  { packages: 'shells/sandbox', values: ['shells/server', 'core/domain', 'stand-ins/*'] },
  { packages: 'stand-ins/*', values: [] },
  { packages: 'proofs/port-contracts', values: ['core/domain'] },
  {
    packages: 'proofs/simulation',
    values: ['core/*', 'codecs/decoding', 'adapters/in-memory', 'proofs/port-contracts'],
  },
  { packages: 'proofs/workbench', values: [] },
  { packages: 'proofs/mutants', values: ['proofs/workbench', 'proofs/simulation'] },
  {
    packages: 'proofs/lanes',
    values: [
      'proofs/workbench',
      'proofs/simulation',
      'core/domain',
      'codecs/wire',
      'codecs/config',
      // The page of settings says what the modes of a deployment decide.
      'shells/composition',
      // A rehearsal calls the service as adapters do.
      'shells/sdk',
      'stand-ins/*',
    ],
    // What it sends and reads is held against the vendor's own description; types read what the chart renders for them.
    specs: ['adapters/auth-kubernetes', 'registries/all'],
  },
]

/** Whether `adapters/*` or `adapters/postgres` covers the package `adapters/postgres`. */
const covers = (pattern: string, name: string): boolean =>
  pattern.endsWith('/*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name

/** Which package may import which others; undefined for a package the law does not know. */
export const allowanceOf = (name: string): Allowance | undefined => law.find(({ packages }) => covers(packages, name))

/** What every spec may import beyond its own package's allowance. */
export const specAllowance: ReadonlyArray<string> = ['proofs/port-contracts', 'adapters/in-memory', 'stand-ins/*']

/** What an example may import: what the project offers to others, and the means to run it without a vendor. */
export const exampleAllowance: ReadonlyArray<string> = [
  ...edges,
  'shells/sdk',
  'shells/cli',
  'shells/server',
  'shells/sandbox',
  'registries/http',
  'sinks/*',
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
  { name: 'inversify', modules: 'inversify', packages: ['shells/composition'], inSpecs: false },
  { name: 'express', modules: 'express', packages: ['shells/server', 'proofs/lanes'], inSpecs: false },
  { name: 'mikro-orm', modules: '@mikro-orm/[^/]+', packages: ['adapters/postgres'], inSpecs: false },
  {
    name: 'pg',
    modules: 'pg',
    packages: ['adapters/postgres', 'stand-ins/embedded-postgres', 'proofs/lanes'],
    inSpecs: true,
  },
  {
    name: 'undici',
    modules: 'undici',
    packages: ['registries/*', 'adapters/auth-*', 'sinks/*', 'shells/sdk', 'proofs/lanes'],
    inSpecs: true,
  },
  { name: 'opentelemetry', modules: '@opentelemetry/[^/]+', packages: ['adapters/telemetry'], inSpecs: false },
  {
    name: 'io-ts',
    modules: 'io-ts',
    packages: ['codecs/*', 'adapters/*', 'registries/*', 'proofs/simulation'],
    inSpecs: true,
  },
]

/** The packages that may import nothing from outside the workspace but these libraries. */
export const purePackages: Readonly<Record<string, ReadonlyArray<string>>> = {
  'core/domain': ['fp-ts'],
  'core/application': ['fp-ts'],
  'codecs/decoding': ['fp-ts', 'io-ts'],
}
