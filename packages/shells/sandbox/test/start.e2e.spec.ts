// Here and not beside a source file because it starts what npm start starts.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type StartProcess, startProcess, type StartProcessOptions } from './start-process.ts'

const oneSentence = /^[^\n]+\.\n$/

/** Makes a process do something when it begins to compile. */
const whenItBuilds = (act: string): Readonly<Record<string, string | undefined>> => {
  const module = `
    import childProcess from 'node:child_process'
    import { syncBuiltinESMExports } from 'node:module'
    const { spawn } = childProcess
    childProcess.spawn = (program, args, ...rest) => {
      if (args?.some?.((argument) => argument.endsWith('tsc'))) { ${act} }
      return spawn(program, args, ...rest)
    }
    syncBuiltinESMExports()`
  return { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(module)}` }
}

/** A refusal that comes after building would be two sentences. */
const refused = (args: ReadonlyArray<string>, options: StartProcessOptions = {}) =>
  startProcess(args, { env: whenItBuilds(`process.stderr.write('Built first.\\n')`), ...options }).ended

const lineOf = (block: string, name: string): string => new RegExp(`^ +${name} +(\\S+)`, 'm').exec(block)?.[1] ?? ''

describe('npm start', function () {
  this.timeout(60_000)
  let parent: string
  let folder: string
  let running: StartProcess
  let block: string

  const start = async (...args: ReadonlyArray<string>): Promise<void> => {
    running = startProcess(['--folder', folder, ...args])
    block = await running.ready
  }

  const call = async (method: string): Promise<Response> =>
    fetch(`${lineOf(block, 'API')}/v1/clusters/cls-abc123/pull-secrets`, {
      method,
      headers: { authorization: `Bearer ${readFileSync(join(folder, 'token'), 'utf8').trim()}` },
    })

  const documentOf = async (response: Response): Promise<unknown> =>
    ((await response.json()) as { dockerconfigjson?: unknown }).dockerconfigjson

  before(async () => {
    parent = mkdtempSync(join(tmpdir(), 'sandbox-'))
    folder = join(parent, `a person's sandbox`)
    await start()
  })
  after(async () => {
    running.child.kill('SIGKILL')
    await running.ended
    rmSync(parent, { recursive: true })
  })

  it('prints a call that generates a pull secret when it is pasted', async function () {
    if (spawnSync('curl', ['--version']).status !== 0) this.skip('this machine has no curl')
    const { status, stdout } = spawnSync('sh', ['-c', /^curl .*$/m.exec(block)?.[0] ?? ''], { encoding: 'utf8' })
    expect(status).to.equal(0)
    const { dockerconfigjson, registries } = JSON.parse(stdout) as {
      dockerconfigjson: unknown
      registries: ReadonlyArray<object>
    }
    expect(registries.map((registry) => Object.values(registry).join(' '))).to.have.members([
      'quay true active',
      'rhit true active',
      'distribution false active',
    ])
    expect(await documentOf(await call('GET'))).to.equal(dockerconfigjson)
  })

  it('serves metrics where it says', async () => {
    const response = await fetch(lineOf(block, 'Metrics'))
    expect(await response.text()).to.contain('# HELP')
  })

  it('lets nobody but its owner read what it keeps', () => {
    expect(statSync(folder).mode & 0o777).to.equal(0o700)
    for (const secret of [
      'token',
      'auth-header',
      'quay.token',
      'tokens.json',
      'key-ring.json',
      'database-url',
      'quay.json',
      'rhit.json',
    ]) {
      expect(statSync(join(folder, secret)).mode & 0o777, secret).to.equal(0o600)
    }
  })

  it('refuses a second start on the same folder, and a reset, in one sentence', async () => {
    const second = await refused(['--folder', folder, '--reset'])
    expect(second).to.deep.include({ exitCode: 1, stdout: '' })
    expect(second.stderr).to.match(oneSentence).and.contain('is already running in')
    expect((await call('GET')).status).to.equal(200)
  })

  it('refuses a port in use in one sentence', async () => {
    const port = new URL(lineOf(block, 'API')).port
    const second = await refused(['--folder', join(parent, 'other'), '--port', port])
    expect(second).to.deep.include({ exitCode: 1, stdout: '' })
    expect(second.stderr).to.match(oneSentence).and.contain(`Port ${port} on 127.0.0.1 is in use`)
  })

  it('refuses a machine without user namespaces in one sentence', async function () {
    if (process.getuid?.() !== 0) this.skip('only root needs user namespaces')
    const programs = join(parent, 'programs')
    mkdirSync(programs)
    writeFileSync(join(programs, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o700 })
    const second = await refused(['--folder', join(parent, 'other')], {
      env: { ...process.env, PATH: `${programs}:${process.env['PATH'] ?? ''}` },
    })
    expect(second).to.deep.include({ exitCode: 1, stdout: '' })
    expect(second.stderr).to.match(oneSentence).and.contain('no user namespace')
  })

  it('refuses an option that it does not know in one sentence', async () => {
    const second = await refused(['--force'])
    expect(second).to.deep.include({ exitCode: 2, stdout: '' })
    expect(second.stderr).to.match(oneSentence).and.contain('--force')
  })

  it('refuses a port that the user may not open in one sentence', async function () {
    const firstFree = Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'))
    if (firstFree <= 80) this.skip('this machine lets everybody open port 80')
    const uid = process.getuid?.() === 0 ? 65534 : undefined
    const open = mkdtempSync(join(tmpdir(), 'sandbox-'))
    chmodSync(open, 0o777)
    const second = await refused(['--folder', join(open, 'sandbox'), '--port', '80'], { uid })
    rmSync(open, { recursive: true })
    expect(second).to.deep.include({ exitCode: 1, stdout: '' })
    expect(second.stderr).to.match(oneSentence).and.contain('Port 80 on 127.0.0.1 cannot be used')
  })

  it('ends in order when it is stopped while it builds', async () => {
    const env = whenItBuilds(`process.kill(process.pid, 'SIGINT')`)
    const stopped = await startProcess(['--folder', join(parent, 'other')], { env }).ended
    expect(stopped).to.deep.equal({ exitCode: 0, stdout: '', stderr: '' })
  })

  it('keeps pull secrets byte for byte, vendors and token over a kill', async () => {
    const before = await documentOf(await call('POST'))
    const addresses = ['Quay', 'RHIT'].map((name) => lineOf(block, name))
    running.child.kill('SIGKILL')
    await running.ended
    await start()
    expect(await documentOf(await call('GET'))).to.equal(before)
    expect(['Quay', 'RHIT'].map((name) => lineOf(block, name))).to.deep.equal(addresses)
  })

  it('revokes at the vendors', async () => {
    expect((await call('DELETE')).status).to.be.oneOf([202, 204])
    const state = await (
      await fetch(`${lineOf(block, 'Quay')}/__simulator/state`, { headers: { 'x-simulator': 'yes' } })
    ).json()
    expect(state).to.deep.include({ robots: [] })
  })

  it('opens no inspector for a signal, of which its error output would tell at the end', async () => {
    running.child.kill('SIGUSR1')
    expect((await call('GET')).status).to.be.a('number')
  })

  it('ends in order with Ctrl-C, PostgreSQL included', async () => {
    running.child.kill('SIGINT')
    expect(await running.ended).to.deep.include({ exitCode: 0, stderr: '' })
    const log = readFileSync(join(folder, 'log', 'service.log'), 'utf8')
      .trimEnd()
      .split('\n')
    expect(log.at(-1)).to.contain('"message":"stopped"')
    expect(readdirSync(join(folder, 'postgres', 'cluster', 'data'))).to.not.include('postmaster.pid')
  })

  it('starts afresh when asked to', async () => {
    const token = readFileSync(join(folder, 'token'), 'utf8')
    await start('--reset')
    expect(readFileSync(join(folder, 'token'), 'utf8')).to.not.equal(token)
    expect((await call('GET')).status).to.equal(404)
  })
})
