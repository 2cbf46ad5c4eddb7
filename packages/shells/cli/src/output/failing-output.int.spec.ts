import { Writable } from 'node:stream'
import { expect } from 'chai'
import { anInstallation, type Installation } from '../../test/an-installation.ts'
import { recordedProcessContext } from '../../test/process-context.ts'
import { run } from '../run.ts'

const failingWith = (code: string): Writable =>
  new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('write failed'), { code })),
  }).on('error', () => undefined)

describe('an answer that cannot be written', () => {
  let installation: Installation
  before(async () => {
    installation = await anInstallation({ migrated: true })
    await installation.run(['generate', 'cls-abc123'])
  })
  after(() => installation.close())

  const commands = [
    ['--help'],
    ['--version'],
    ['serve', '--help'],
    ['generate', 'cls-abc123'],
    ['get', 'cls-abc123'],
    ['get', 'cls-abc123', '-o', 'json'],
    ['get', 'cls-abc123', '-o', 'dockerconfigjson'],
    ['registries', 'list'],
    ['registries', 'check', '-o', 'yaml'],
    ['clusters', 'list'],
    ['clusters', 'list', '--watch'],
    ['clusters', 'show', 'cls-abc123'],
    ['stuck'],
    ['replicas'],
    ['audit', 'list', '-o', 'name'],
    ['jobs', 'run', 'recovery'],
    ['doctor'],
    ['migrate'],
    ['migrate', '--dry-run'],
    ['migrate', '--print-sql'],
    ['delete', 'cls-abc123'],
  ]

  const failing = async (argv: ReadonlyArray<string>, code: string) => {
    const { processContext, stderr } = recordedProcessContext({
      stdout: failingWith(code),
      env: { HYPERFLEET_CONFIG: installation.configFile },
    })
    return { exit: await run(argv, processContext), stderr: stderr() }
  }

  for (const argv of commands) {
    it(`is a failure of ${argv.join(' ')}, told in one sentence, and quiet when the reader left`, async () => {
      for (const code of ['ENOSPC', 'EIO', 'EBADF', 'EDQUOT'])
        expect(await failing(argv, code)).to.deep.equal({
          exit: 1,
          stderr: `error: [OUTPUT] standard output cannot be written (${code}): the output is incomplete\n`,
        })
      expect(await failing(argv, 'EPIPE')).to.deep.equal({ exit: 141, stderr: '' })
    })
  }
})
