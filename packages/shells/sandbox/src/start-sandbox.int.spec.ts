import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { SandboxError } from './sandbox-error.ts'
import { sandboxFiles } from './sandbox-files.ts'
import { startSandbox } from './start-sandbox.ts'

describe('a start of the sandbox', () => {
  let parent: string
  let folder: string
  const start = (stop?: AbortSignal, onProgress?: (step: string) => void) =>
    startSandbox({ folder, port: 0, metricsPort: 0, ...(stop && { stop }), ...(onProgress && { onProgress }) })
  const lastMessage = (): string =>
    readFileSync(sandboxFiles(folder).serviceLog, 'utf8').trimEnd().split('\n').at(-1) ?? ''

  before(async () => {
    parent = mkdtempSync(join(tmpdir(), 'sandbox-start-'))
    folder = join(parent, 'sandbox')
    await (await start()).stop()
  })
  after(() => rmSync(parent, { recursive: true }))

  it('leaves the last line of the log of the service before', () => {
    expect(lastMessage()).to.contain('"message":"stopped"')
  })

  it('lets a simulated API server decide about callers where it is asked to', async () => {
    const sandbox = await startSandbox({ folder, port: 0, metricsPort: 0, access: 'kubernetes' })
    const statusOf = async (path: string, token: string): Promise<number> => {
      const { status } = await fetch(`${sandbox.url}${path}`, { headers: { authorization: `Bearer ${token}` } })
      return status
    }
    const adapterToken = readFileSync(sandbox.files.adapterToken, 'utf8').trim()
    const statuses = [
      await statusOf('/v1/registries', sandbox.token),
      await statusOf('/v1/clusters/cls-unknown1/pull-secrets', adapterToken),
      await statusOf('/v1/registries', adapterToken),
      await statusOf('/v1/registries', 'of-nobody'),
    ]
    await sandbox.stop()
    expect(statuses).to.deep.equal([200, 404, 403, 401])
  })

  it('hides its folder from Git', function () {
    if (spawnSync('git', ['--version']).status !== 0) this.skip('this machine has no git')
    spawnSync('git', ['init', '--quiet', parent])
    const { stdout } = spawnSync('git', ['-C', parent, 'status', '--porcelain'], { encoding: 'utf8' })
    rmSync(join(parent, '.git'), { recursive: true })
    expect(stdout).to.equal('')
  })

  it('ends at its next step when it is stopped, and leaves nothing running', async () => {
    for (const step of ['Starting PostgreSQL', 'Starting the simulators', 'Starting the service']) {
      const stopping = new AbortController()
      const stopAt = (begun: string): void => {
        if (begun === step) stopping.abort('SIGTERM')
      }
      const starting = start(stopping.signal, stopAt)
      if (step === 'Starting the service') await (await starting).stop()
      else expect(await starting.catch((reason: unknown) => reason)).to.equal('SIGTERM')
      expect(readdirSync(join(folder, 'postgres', 'cluster', 'data'))).not.to.include('postmaster.pid')
    }
  })

  const files = ['token', 'quayToken', 'keyRing', 'accessTokens', 'authHeader', 'ports', 'databaseUrl'] as const
  const later = ['config', 'serviceLog', 'postgresLog', 'quayState', 'rhitState'] as const
  for (const name of [...files, ...later]) {
    it(`says in one sentence that it cannot use its file for ${name}`, async () => {
      const file = sandboxFiles(folder)[name]
      const content = existsSync(file) ? readFileSync(file) : undefined
      rmSync(file, { force: true })
      mkdirSync(file)
      const error = await start().catch((reason: unknown) => reason)
      rmSync(file, { recursive: true })
      if (content !== undefined) writeFileSync(file, content, { mode: 0o600 })
      expect(error).to.be.instanceOf(SandboxError)
      expect((error as Error).message)
        .to.match(/^[^\n]+\.$/)
        .and.contain(file)
        .and.contain('npm start -- --reset')
    })
  }

  it('works again after all of that', async () => {
    await (await start()).stop()
  })
})
