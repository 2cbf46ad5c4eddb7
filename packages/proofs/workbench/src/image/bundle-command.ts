import { isBuiltin } from 'node:module'
import { join, relative } from 'node:path'
import { build, type Metafile, type OutputFile, type Plugin } from 'esbuild'
import { oneCopyEach } from './one-copy-each.ts'

/** The command in few files, instead of the thousand modules that Node would look for and read one by one. */
export interface Bundle {
  /** Paths relative to the folder of the bundle; `pull-secret.js` starts the command. */
  readonly code: ReadonlyMap<string, Uint8Array>
  /** A source map for each file of the code, under the file's path and `.map`. */
  readonly sourceMaps: ReadonlyMap<string, Uint8Array>
  /** Folders of the packages from a registry whose code is in it, relative to the root. */
  readonly packages: ReadonlyArray<string>
}

const entries = {
  'pull-secret': 'packages/shells/cli/bin/pull-secret.mjs',
  // A thread of its own loads it by its path.
  'hash-worker': 'packages/registries/distribution/dist/hash-worker.js',
}

/** Libraries ask for these and go on without them. */
const neverInstalled = ['bufferutil', 'dataloader', 'pg-native', 'utf-8-validate']

/** Their CommonJS would be reached by way of getters, so that each call costs more. */
const modules = { 'fp-ts/lib': 'fp-ts/es6', 'io-ts': 'io-ts/es6' }

/** Packages in CommonJS ask for modules of Node by `require`, which a module does not have. */
const banner = [
  `import { createRequire as __requireOf } from 'node:module'`,
  'const require = __requireOf(import.meta.url)',
].join(';')

/**
 * Whoever imports `node:http` has all its exports read, and the lazy ones among them load a whole HTTP client that Node
 * brings along: 35 ms of each start. Whoever requires it does not. What is imported later costs no start.
 */
const requiredHttp: Plugin = {
  name: 'required-http',
  setup: (bundling) => {
    bundling.onResolve({ filter: /^(node:)?http$/ }, ({ kind }) =>
      kind === 'import-statement'
        ? { path: 'node:http', namespace: 'required' }
        : { path: 'node:http', external: true },
    )
    bundling.onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = require('${path}')`,
    }))
  },
}

const packageFolder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/

const packagesIn = ({ inputs }: Metafile): ReadonlyArray<string> =>
  [...new Set(Object.keys(inputs).flatMap((path) => packageFolder.exec(path)?.[0] ?? []))].sort()

const leftOutside = ({ outputs }: Metafile): ReadonlyArray<string> => [
  ...new Set(
    Object.values(outputs).flatMap(({ imports }) =>
      imports.filter(({ external, path }) => external === true && !isBuiltin(path)).map(({ path }) => path),
    ),
  ),
]

const byPath = (files: ReadonlyArray<OutputFile>, folder: string): ReadonlyMap<string, Uint8Array> =>
  new Map(files.map(({ path, contents }) => [relative(folder, path), contents]))

/**
 * Bundles the built command. `kept` are the packages that it goes on to import, since they read files of their own.
 *
 * @throws Error when it would import anything else
 */
export const bundleCommand = async (root: string, kept: ReadonlyArray<string>): Promise<Bundle> => {
  const folder = join(root, 'bundle')
  const external = [...kept, ...neverInstalled]
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: folder,
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external,
    alias: modules,
    keepNames: true,
    sourcemap: 'external',
    banner: { js: banner },
    plugins: [requiredHttp, oneCopyEach(root)],
    metafile: true,
    logLevel: 'warning',
  })
  const strangers = leftOutside(metafile).filter((name) => !external.includes(name))
  if (strangers.length > 0) throw new Error(`the bundle would import ${strangers.join(', ')}`)
  const isMap = ({ path }: OutputFile): boolean => path.endsWith('.map')
  return {
    code: byPath(
      outputFiles.filter((file) => !isMap(file)),
      folder,
    ),
    sourceMaps: byPath(outputFiles.filter(isMap), folder),
    packages: packagesIn(metafile),
  }
}
