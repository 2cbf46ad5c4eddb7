// Here and not beside a source file because it starts the built program, or the one that PULL_SECRET_PROGRAM names.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect } from 'chai'
import { anInstallation, type Ended, type Installation } from './an-installation.ts'
import { isNamed, programFile } from './program.ts'

/** Ends every attempt to load MikroORM. */
const refusingOrm = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  registerHooks({ resolve(specifier, context, next) {
    if (specifier.startsWith('@mikro-orm/')) throw new Error('the ORM is loaded')
    return next(specifier, context)
  } })`)}`

interface Started {
  readonly signal: (name: NodeJS.Signals) => void
  /** Resolves when the text stands on standard output; rejects when the process ends before. */
  readonly prints: (text: string) => Promise<void>
  readonly ended: Promise<Ended>
}

const start = (argv: ReadonlyArray<string>, env: Readonly<Record<string, string>> = {}): Started => {
  const child = spawn(process.execPath, [programFile, ...argv], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const ended = once(child, 'close').then(([code]): Ended => ({ code: Number(code), stdout, stderr }))
  const prints = async (text: string): Promise<void> => {
    const over = ended.then(() => true)
    while (!stdout.includes(text)) {
      const isOver = await Promise.race([once(child.stdout, 'data').then(() => false), over])
      if (isOver && !stdout.includes(text)) throw new Error(`ended without printing ${text}: ${stderr}`)
    }
  }
  return {
    signal: (name) => {
      child.kill(name)
    },
    prints,
    ended,
  }
}

describe('the program pull-secret', () => {
  let installation: Installation
  before(async () => {
    installation = await anInstallation({ migrated: false })
  })
  after(() => installation.close())

  it('explains itself and tells its version', async () => {
    const [help, version] = await Promise.all([start(['--help']).ended, start(['--version']).ended])
    expect(help.code).to.equal(0)
    expect(help.stdout).to.include('Exit codes:')
    expect(version).to.deep.include({ code: 0, stderr: '' })
    expect(version.stdout).to.match(/^\d+\.\d+\.\d+\n$/)
  })

  it('ends with the code of wrong use after an unknown command', async () => {
    const { code, stdout, stderr } = await start(['nothing']).ended
    expect([code, stdout]).to.deep.equal([2, ''])
    expect(stderr).to.include('nothing')
  })

  it('serves on a database that it migrated, and ends with 0 on SIGTERM', async () => {
    const service = start(['serve', '--config', installation.configFile, '--migrate'])
    await service.prints('"message":"serving"')
    service.signal('SIGTERM')
    const { code, stdout, stderr } = await service.ended
    expect([code, stderr]).to.deep.equal([0, ''])
    expect(stdout).to.include('effective configuration').and.to.include('**REDACTED**')
  })

  it('serves on a database that is up to date without loading the ORM', async function () {
    if (isNamed) this.skip('a bundle has no module of that name')
    const migrated = await anInstallation({ migrated: true })
    const service = start(['serve', '--config', migrated.configFile, '--migrate'], {
      NODE_OPTIONS: `--import=${refusingOrm}`,
    })
    await service.prints('"message":"serving"')
    service.signal('SIGTERM')
    expect(await service.ended).to.deep.include({ code: 0, stderr: '' })
    const bare = await anInstallation({ migrated: false })
    expect(
      (await start(['migrate', '--config', bare.configFile], { NODE_OPTIONS: `--import=${refusingOrm}` }).ended).code,
    ).to.equal(6)
    await Promise.all([migrated.close(), bare.close()])
  })

  it('does not serve on a database without its schema, and says what to do', async () => {
    const bare = await anInstallation({ migrated: false })
    const { code, stderr } = await start(['serve', '--config', bare.configFile]).ended
    await bare.close()
    expect(code).to.equal(1)
    expect(stderr).to.include('run pull-secret migrate')
  })
})
