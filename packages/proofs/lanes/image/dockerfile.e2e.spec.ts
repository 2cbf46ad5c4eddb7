import { createHash } from 'node:crypto'
import { globSync, lstatSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { builderProgram, buildImage, type BuiltImage } from '../src/image/build-image.ts'
import { containerUser } from '../src/image/container.ts'
import { makeImage } from '../src/image/image-files.ts'
import { requirePrograms } from '../src/stage/require-programs.ts'

const buildMilliseconds = 20 * 60 * 1000

/** What stands at each path below a folder. */
const contentsOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    globSync('**/*', { cwd: folder })
      .sort()
      .flatMap((path): ReadonlyArray<readonly [string, string]> => {
        const file = join(folder, path)
        const state = lstatSync(file)
        if (state.isSymbolicLink()) return [[path, `to ${readlinkSync(file)}`]]
        return state.isFile() ? [[path, createHash('sha256').update(readFileSync(file)).digest('hex')]] : []
      }),
  )

describe('the image that the Dockerfile makes', () => {
  let folder: string
  let built: BuiltImage
  const closings: Array<() => void> = []
  before(async function () {
    requirePrograms(this, builderProgram)
    if (process.getuid?.() !== 0) this.skip('only root can build an image on the files of this machine: run it by sudo')
    this.timeout(buildMilliseconds)
    folder = mkdtempSync(join(tmpdir(), 'pull-secret-dockerfile-'))
    closings.push(() => rmSync(folder, { recursive: true }))
    await makeImage(folder)
    built = buildImage(folder)
    closings.push(built.close)
  })
  after(function () {
    this.timeout(buildMilliseconds)
    for (const close of closings.splice(0).reverse()) close()
  })

  it('has the very files that the other specs run', () => {
    expect(contentsOf(join(built.root, 'opt/pull-secret'))).to.deep.equal(contentsOf(join(folder, 'image')))
  })

  it('can be read by everybody and written by nobody else', () => {
    const wrong = globSync('opt/pull-secret/**/*', { cwd: built.root }).filter((path) => {
      const state = lstatSync(join(built.root, path))
      return state.uid !== 0 || (!state.isSymbolicLink() && (state.mode & 0o026) !== 0o004)
    })
    expect(wrong).to.deep.equal([])
  })

  it('runs the service as its user, on its ports, with a health command', () => {
    const { User, Entrypoint, Cmd, WorkingDir, StopSignal, ExposedPorts, Healthcheck, Env } = built.config
    const user = String(containerUser)
    expect({ User, Entrypoint, Cmd, WorkingDir, StopSignal }).to.deep.equal({
      User: `${user}:${user}`,
      Entrypoint: ['pull-secret'],
      Cmd: ['serve'],
      WorkingDir: '/opt/pull-secret',
      StopSignal: 'SIGTERM',
    })
    expect(Object.keys(ExposedPorts)).to.have.members(['8080/tcp', '8081/tcp'])
    expect(Healthcheck.Test).to.deep.equal(['CMD-SHELL', 'pull-secret health || exit 1'])
    expect(Env).to.include('NODE_ENV=production').and.to.include('HOME=/nonexistent')
  })

  it('says what it is', () => {
    expect(built.config.Labels).to.include({
      name: 'hyperfleet-pull-secret-service',
      vendor: 'Red Hat, Inc.',
      version: '1.2.3',
      'org.opencontainers.image.version': '1.2.3',
      'org.opencontainers.image.revision': 'abc',
      'org.opencontainers.image.licenses': 'Apache-2.0',
    })
  })
})
