// Here and not beside a source file because it installs the package as others do.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'

const repository = join(import.meta.dirname, '../../../..')
const run = promisify(execFile)

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

/** What npm tells its scripts is about this repository, not about the consumer's folder. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_') && name !== 'NODE_OPTIONS'),
)

/** Without a network and with an empty cache: nothing but the tarballs can be installed. */
const npm = async (folder: string, ...args: ReadonlyArray<string>): Promise<void> => {
  await run(
    'npm',
    [...args, '--offline', '--cache', join(folder, '../cache'), '--ignore-scripts', '--loglevel=error'],
    { cwd: folder, env: environment },
  )
}

const folderOf = (name: string, from: string): string => {
  const found = join(from, 'node_modules', name)
  return existsSync(found) || from === dirname(from) ? found : folderOf(name, dirname(from))
}

/**
 * The folders of a package and of everything that npm would install with it: what it depends on, and the peers that it
 * cannot do without.
 */
const closureOf = async (folder: string, known: ReadonlySet<string> = new Set()): Promise<ReadonlySet<string>> => {
  const {
    dependencies = {},
    peerDependencies = {},
    peerDependenciesMeta = {},
  } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest
  const names = [
    ...Object.keys(dependencies),
    ...Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true),
  ]
  let closure: ReadonlySet<string> = new Set([...known, folder])
  for (const needed of names.map((name) => folderOf(name, folder))) {
    if (!closure.has(needed)) closure = await closureOf(needed, closure)
  }
  return closure
}

const installedIn = async (folder: string): Promise<ReadonlyArray<string>> => {
  const names = (await readdir(join(folder, 'node_modules'))).filter((name) => !name.startsWith('.'))
  const scoped = await Promise.all(
    names.map(async (name) =>
      name.startsWith('@')
        ? (await readdir(join(folder, 'node_modules', name))).map((inner) => `${name}/${inner}`)
        : [name],
    ),
  )
  return scoped.flat()
}

const codeBlocksOf = (markdown: string): ReadonlyArray<string> =>
  [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)

describe('the packed SDK, installed into an empty folder', function () {
  // npm unpacks some thousand files: on a busy machine that takes longer than any spec.
  this.timeout(300_000)
  let temporary: string
  let folder: string

  before(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'sdk-packed-'))
    const tarballs = join(temporary, 'tarballs')
    folder = join(temporary, 'consumer')
    await mkdir(tarballs)
    await mkdir(folder)
    const closure = new Set([
      ...(await closureOf(join(repository, 'packages/shells/sdk'))),
      ...(await closureOf(join(repository, 'node_modules/@types/node'))),
    ])
    await npm(tarballs, 'pack', ...closure)
    await writeFile(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'consumer', version: '1.0.0', private: true, type: 'module' }),
    )
    await npm(
      folder,
      'install',
      '--no-audit',
      '--no-fund',
      ...(await readdir(tarballs)).map((name) => join(tarballs, name)),
    )
    const blocks = codeBlocksOf(await readFile(join(repository, 'packages/shells/sdk/README.md'), 'utf8'))
    await Promise.all(blocks.map((code, index) => writeFile(join(folder, `readme-${String(index)}.ts`), code)))
  })

  after(() => rm(temporary, { recursive: true }))

  it('brings no database, no web framework and nothing of the other shells', async () => {
    const installed = await installedIn(folder)
    expect(installed).to.include.members(['@pull-secret/sdk', '@pull-secret/composition', 'undici', 'inversify'])
    expect(
      installed.filter((name) =>
        /^(@mikro-orm|express|pg|winston|prom-client)\b|^@pull-secret\/(server|cli|postgres|registry-|telemetry)/.test(
          name,
        ),
      ),
    ).to.deep.equal([])
  })

  it('type-checks as its README uses it, its own declarations and those of its libraries included', async () => {
    const compilerOptions = {
      target: 'ES2024',
      lib: ['ES2024'],
      module: 'NodeNext',
      strict: true,
      skipLibCheck: false,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      types: ['node'],
    }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
    const complaints = await run(process.execPath, [
      join(repository, 'node_modules/typescript/bin/tsc'),
      '-p',
      folder,
    ]).then(
      () => undefined,
      (failure: unknown) => failure,
    )
    expect((complaints as { readonly stdout?: string } | undefined)?.stdout).to.equal(undefined)
  })

  it('embeds the service as its README does', async () => {
    const { stdout } = await run(process.execPath, ['readme-1.ts'], { cwd: folder, env: environment })
    expect(stdout).to.equal('cls-abc123 may pull from quay.io\n')
  })

  it('lists for operators as its README does', async () => {
    const { stdout } = await run(process.execPath, ['readme-3.ts'], { cwd: folder, env: environment })
    expect(stdout).to.equal('cls-abc123 live\n')
  })

  it('says which packages a database needs', async () => {
    await writeFile(
      join(folder, 'database.ts'),
      `
      import { embed } from '@pull-secret/sdk'
      const database = { url: 'postgres://127.0.0.1/none', keyRingFile: 'keys' }
      await embed({ deploymentId: 'spec', database, registries: [] }).catch((error) => { console.log(error.message) })
    `,
    )
    const { stdout } = await run(process.execPath, ['database.ts'], { cwd: folder, env: environment })
    expect(stdout).to.equal(
      'a database requires the packages @pull-secret/postgres and @pull-secret/platform-node: install them\n',
    )
  })
})
