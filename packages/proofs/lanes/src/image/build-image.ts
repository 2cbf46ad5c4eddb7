import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { repositoryRoot } from '@pull-secret/workbench'
import { findProgram } from '../stage/installed-program.ts'

/** What the built image says of itself, as its engine will read it. */
export interface BuiltImage {
  /** Where its files are. */
  readonly root: string
  readonly config: {
    readonly User: string
    readonly Entrypoint: ReadonlyArray<string>
    readonly Cmd: ReadonlyArray<string>
    readonly WorkingDir: string
    readonly StopSignal: string
    readonly Env: ReadonlyArray<string>
    readonly ExposedPorts: Readonly<Record<string, object>>
    readonly Labels: Readonly<Record<string, string>>
    readonly Healthcheck: { readonly Test: ReadonlyArray<string> }
  }
  readonly close: () => void
}

/** What builds it. */
export const builderProgram = 'buildah'

const programs = '/opt/bin:/opt/node:/usr/bin:/bin'

const npmFolder = (): string => {
  const npm = findProgram('npm')
  if (npm === undefined) throw new Error('npm is not installed')
  return dirname(dirname(realpathSync(npm)))
}

const npmSetting = (name: string): string =>
  execFileSync('npm', ['config', 'get', name], { cwd: '/', encoding: 'utf8' }).trim()

const isFile = (path: string): boolean => path.startsWith('/') && existsSync(path)

/** npm in the build asks the registry that this machine asks. */
const containerfile = (): string => {
  const variables = {
    PATH: programs,
    npm_config_registry: npmSetting('registry'),
    npm_config_cafile: npmSetting('cafile'),
    NODE_EXTRA_CA_CERTS: process.env['NODE_EXTRA_CA_CERTS'] ?? 'null',
  }
  const lines = Object.entries(variables).flatMap(([name, value]) => (value === 'null' ? [] : `ENV ${name}=${value}`))
  return ['FROM scratch', 'COPY . /', ...lines, ''].join('\n')
}

/** Where this machine keeps what a base image brings, and where npm learns of its registry. */
const borrowed = (): ReadonlyArray<readonly [from: string, to: string]> => {
  const files = [...['userconfig', 'globalconfig', 'cafile'].map(npmSetting), process.env['NODE_EXTRA_CA_CERTS'] ?? '']
  return [
    ['/usr', '/usr'],
    [dirname(process.execPath), '/opt/node'],
    [npmFolder(), '/opt/npm'],
    ...[...new Set(files)].filter(isFile).map((file) => [file, file] as const),
  ]
}

/** A root with the links that lead into /usr; everything else is lent while the image is built. */
const writeBase = (folder: string): void => {
  for (const name of ['etc', 'tmp', 'usr', 'opt/bin', 'opt/node', 'opt/npm'])
    mkdirSync(join(folder, name), { recursive: true })
  for (const name of ['bin', 'lib', 'lib64', 'sbin'].filter((one) => existsSync(join('/', one)))) {
    if (!lstatSync(join('/', name)).isSymbolicLink()) throw new Error(`/${name} is not a link into /usr`)
    symlinkSync(readlinkSync(join('/', name)), join(folder, name))
  }
  symlinkSync('/opt/npm/bin/npm-cli.js', join(folder, 'opt/bin/npm'))
  symlinkSync('/opt/npm/bin/npx-cli.js', join(folder, 'opt/bin/npx'))
  writeFileSync(join(folder, 'etc/passwd'), `root:x:0:0:root:${homedir()}:/bin/sh\n`)
}

/**
 * Builds the Dockerfile by buildah, on a base that has this machine's own programs, in a store below the folder. Needs
 * root.
 */
export const buildImage = (folder: string): BuiltImage => {
  const inFolder = (name: string): string => join(folder, name)
  const buildah = (...args: ReadonlyArray<string>): string =>
    execFileSync(
      builderProgram,
      ['--root', inFolder('store'), '--runroot', inFolder('run'), '--storage-driver', 'vfs', ...args],
      { cwd: repositoryRoot, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'pipe'] },
    ).trim()
  writeBase(inFolder('base'))
  writeFileSync(inFolder('Containerfile'), containerfile())
  buildah('bud', '--quiet', '-t', 'base', '-f', inFolder('Containerfile'), inFolder('base'))
  buildah(
    'bud',
    '--quiet',
    '--format=docker',
    '--isolation=chroot',
    ...borrowed().map(([from, to]) => `--volume=${from}:${to}:ro`),
    ...['BUILD_IMAGE=localhost/base', 'BASE_IMAGE=localhost/base', 'APP_VERSION=1.2.3', 'APP_REVISION=abc'].map(
      (argument) => `--build-arg=${argument}`,
    ),
    '-t',
    'pull-secret-service',
    '.',
  )
  const { Docker } = JSON.parse(buildah('inspect', '--type=image', 'localhost/pull-secret-service')) as {
    readonly Docker: { readonly config: BuiltImage['config'] }
  }
  const container = buildah('from', '--pull-never', 'localhost/pull-secret-service')
  return {
    root: buildah('mount', container),
    config: Docker.config,
    close: () => void buildah('rm', container),
  }
}
