// Here and not beside a source file because it does what the README of the repository says, as a new user would.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { type StartProcess, startProcess } from './start-process.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

const firstUse = /^## First use$[^]*?(?=^## )/m.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[0] ?? ''

const blocksOf = (language: string): ReadonlyArray<string> =>
  [...firstUse.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block = '']) => block)

describe('the first use that the README describes', function () {
  this.timeout(120_000)
  let checkout: string
  let running: StartProcess
  let banner: string

  const start = async (): Promise<void> => {
    running = startProcess(['--folder', join(checkout, '.sandbox')], { env: { ...process.env, INIT_CWD: checkout } })
    banner = await running.ready
  }

  const stop = async (): Promise<void> => {
    running.child.kill('SIGINT')
    expect(await running.ended).to.include({ exitCode: 0, stderr: '' })
  }

  /** A folder with all that the README needs of a checkout: the specs must not touch a sandbox in use. */
  before(async function () {
    for (const program of ['curl', 'npx'])
      if (spawnSync(program, ['--version']).status !== 0) this.skip(`this machine has no ${program}`)
    checkout = mkdtempSync(join(tmpdir(), 'readme-'))
    symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'))
    writeFileSync(join(checkout, 'package.json'), '{"name":"readme","private":true,"type":"module"}\n')
    await start()
  })
  after(async () => {
    running.child.kill('SIGKILL')
    await running.ended
    rmSync(checkout, { recursive: true })
  })

  const shell = (script: string) => spawnSync('sh', ['-euc', script], { cwd: checkout, encoding: 'utf8' })

  /** To the letter but for the port, which another program may use. */
  const asWritten = (block: string): string =>
    block.replaceAll('http://127.0.0.1:8080', /^ +API +(\S+)/m.exec(banner)?.[1] ?? '')

  const walk = (): void => {
    const [program = ''] = blocksOf('ts')
    writeFileSync(join(checkout, '.sandbox', 'first-use.ts'), asWritten(program))
    const { status, stdout, stderr } = shell(asWritten(blocksOf('sh').join('\n')))
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' })
    expect(stdout)
      .to.include('"dockerconfigjson"')
      .and.to.include('"matches":false')
      .and.to.match(/name: 'pull-secret',\n +namespace: 'clusters-cls-\d+'/)
      .and.to.match(/^REGISTRY +STATUS/m)
      .and.to.match(/^20[24]$/m)
      .and.to.match(/is deleted: every credential is proved revoked\.\n$/)
      .and.not.to.match(/"status":[45]/)
    expect(readFileSync(join(checkout, '.sandbox', 'config.json'), 'utf8')).to.match(/^\{"auths":\{.*\}\}$/)
  }

  const pasteBanner = (): void => {
    const { status, stdout } = shell(/^curl .*$/m.exec(banner)?.[0] ?? 'false')
    expect(status).to.equal(0)
    expect(stdout).to.include('"dockerconfigjson"')
  }

  it('works to the letter, with the call that the sandbox prints, and again after a restart', async () => {
    pasteBanner()
    walk()
    await stop()
    await start()
    walk()
    pasteBanner()
  })

  it('shows no token on a command line', () => {
    const token = readFileSync(join(checkout, '.sandbox', 'token'), 'utf8').trim()
    expect(banner).not.to.include(token)
    expect(banner + firstUse).not.to.match(/curl.*\$\(cat/)
  })
})
