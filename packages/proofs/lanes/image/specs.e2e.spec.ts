import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { repositoryRoot } from '@pull-secret/workbench'
import { expect } from 'chai'
import { makeImage } from '../src/image/image-files.ts'

/** Those that see of the service what a process shows: its ports, its output, its exit code, its database. */
const specs: ReadonlyArray<string> = [
  ...['run-server', 'waiting-for-database', 'api-description', 'docs', 'generated-client'].map(
    (name) => `packages/shells/server/test/${name}.int.spec.ts`,
  ),
  'packages/shells/cli/test',
]

/** Some of them have to be stopped, or wait for what takes its time. */
const mostMinutes = 30

describe('the bundle of the image, where specs start it in place of what it is made of,', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pull-secret-specs-'))
  after(() => {
    rmSync(folder, { recursive: true })
  })

  it('keeps what the specs of server and commands promise', async function () {
    this.timeout(mostMinutes * 60_000)
    const program = join(await makeImage(folder), 'bin/pull-secret')
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(repositoryRoot, 'packages/proofs/workbench/bin/test.mjs'), ...specs],
      {
        cwd: repositoryRoot,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
        env: {
          ...process.env,
          PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
          PULL_SECRET_PROGRAM: program,
        },
      },
    )
    expect(status, `${stdout}\n${stderr}`).to.equal(0)
    // What they skipped is told here: nobody else sees their output.
    for (const line of stdout.split('\n').filter((one) => one.startsWith('skipped: '))) console.log(`    ${line}`)
    const [, passed = '0'] = /(\d+) passed, 0 failed/.exec(stdout) ?? []
    expect(Number(passed)).to.be.above(150)
  })
})
