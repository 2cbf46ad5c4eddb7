import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'

const telemetry = new URL('./index.ts', import.meta.url).href

const programThat = (ends: string): string => `
  import { makeWinstonLogger } from '${telemetry}'
  const logger = makeWinstonLogger({ level: 'info', component: 'spec', version: '0', hostname: 'host', format: 'json' })
  logger.log('info', 'the line before the last')()
  logger.log('error', 'the last line')()
  ${ends}`

const endings: Readonly<Record<string, string>> = {
  'an exit': 'process.exit(3)',
  'an uncaught exception': 'throw new Error("thrown by the spec")',
  'a rejection that nobody takes': 'await Promise.reject(new Error("rejected by the spec"))',
  'its natural end': '',
}

describe('the last lines of a process, as the logger writes them', () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'last-line-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  const run = (ends: string, stdout: 'pipe' | number): string =>
    spawnSync(process.execPath, ['--conditions=@pull-secret/source', '--input-type=module', '-e', programThat(ends)], {
      stdio: ['ignore', stdout, 'ignore'],
      encoding: 'utf8',
    }).stdout

  const runIntoFile = (ends: string): string => {
    const file = join(folder, 'log')
    const descriptor = openSync(file, 'w')
    run(ends, descriptor)
    closeSync(descriptor)
    return readFileSync(file, 'utf8')
  }

  for (const [name, ends] of Object.entries(endings)) {
    it(`are written before ${name}, into a pipe and into a file`, () => {
      for (const written of [run(ends, 'pipe'), runIntoFile(ends)]) {
        const messages = written
          .trimEnd()
          .split('\n')
          .map((line) => (JSON.parse(line) as { readonly message: string }).message)
        expect(messages).to.deep.equal(['the line before the last', 'the last line'])
      }
    })
  }
})
