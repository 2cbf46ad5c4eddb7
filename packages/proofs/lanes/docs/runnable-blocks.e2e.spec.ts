import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { repositoryRoot } from '@pull-secret/workbench'
import { expect } from 'chai'
import { markedCount, runnableBlocks, scriptOf } from '../src/docs/runnable-blocks.ts'
import { missingPrograms } from '../src/stage/installed-program.ts'
import { requirePrograms } from '../src/stage/require-programs.ts'

const read = (document: string): string => readFileSync(join(repositoryRoot, document), 'utf8')

const documents = globSync('docs/*.md', { cwd: repositoryRoot })
  .sort()
  .filter((document) => markedCount(read(document)) > 0)

interface RunningSandbox {
  readonly child: ChildProcess
  readonly url: string
}

/** What `npm start` starts, in a folder that a new user could have, on free ports. */
const startSandbox = async (folder: string): Promise<RunningSandbox> => {
  const program = join(repositoryRoot, 'packages/shells/sandbox/bin/start.mjs')
  const args = ['--port', '0', '--metrics-port', '0', '--folder', join(folder, '.sandbox')]
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let shown = ''
  for await (const chunk of child.stdout) {
    shown += String(chunk)
    const [, url] = /^ +API +(\S+)$/m.exec(shown) ?? []
    if (url !== undefined && /^curl .*\n/m.test(shown)) {
      child.stdout.resume()
      return { child, url }
    }
  }
  throw new Error(`the sandbox ended before it was ready: ${shown}`)
}

describe('the runnable blocks of', function () {
  this.timeout(180_000)
  const folder = mkdtempSync(join(tmpdir(), 'documents-'))
  let sandbox: RunningSandbox

  before(async () => {
    symlinkSync(join(repositoryRoot, 'node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'package.json'), '{"name":"documents","private":true,"type":"module"}\n')
    sandbox = await startSandbox(folder)
  })
  after(async () => {
    sandbox.child.kill('SIGINT')
    await once(sandbox.child, 'close')
    rmSync(folder, { recursive: true })
  })

  /** To the letter but for the port, which another program may use. */
  const run = async (script: string) => {
    const shell = spawn('sh', ['-eu', '-c', script.replaceAll('http://127.0.0.1:8080', sandbox.url)], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const closed = once(shell, 'close')
    const [stdout, stderr] = await Promise.all([text(shell.stdout), text(shell.stderr)])
    const [status] = (await closed) as [number | null]
    return { status, shown: `${stdout}\n${stderr}` }
  }

  for (const document of documents) {
    const blocks = runnableBlocks(read(document))
    const complete = blocks.filter(({ needs }) => missingPrograms(needs) === undefined)

    it(`${document} run in a shell of a new user`, async () => {
      expect(blocks).to.have.length(markedCount(read(document)))
      const { status, shown } = await run(scriptOf(complete))
      expect(status, shown).to.equal(0)
    })

    for (const { line, needs } of blocks.filter((block) => !complete.includes(block)))
      it(`${document}, at line ${String(line)}`, function () {
        requirePrograms(this, ...needs)
      })
  }

  it('a document that does not work fail', async () => {
    const broken = runnableBlocks('<!-- runnable -->\n```sh\npull-secret nothing\n```\n')
    expect((await run(scriptOf(broken))).status).not.to.equal(0)
  })
})
