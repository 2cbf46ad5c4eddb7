import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { simulate } from './simulate.ts'

interface Told {
  readonly code: number
  readonly out: string
  readonly errors: string
}

const run = async (args: string): Promise<Told> => {
  const written = { out: '', errors: '' }
  const code = await simulate(
    args.split(' '),
    {
      write: (text) => {
        written.out += text
      },
    },
    {
      write: (text) => {
        written.errors += text
      },
    },
  )
  return { code, ...written }
}

describe('npm run simulate', function () {
  // Ends what hangs; on a busy machine the histories take a while.
  this.timeout(300_000)

  it('finds the same with one worker as with three', async () => {
    const alone = await run('--runs 30 --workers 1')
    expect(await run('--runs 30 --workers 3')).to.deep.equal(alone)
    expect(alone.out).to.contain('30 passed, 0 failed, 0 skipped')
    expect(alone.errors).to.equal('')
  })

  it('says in the end what every fault at every call showed together', async () => {
    const { code, out } = await run('--exhaustive --vendor stateless --workers 1')
    expect(code).to.equal(0)
    expect(out)
      .to.match(/^faults injected: .*paused \d+/m)
      .and.to.match(/^states reached: .*revoking/m)
      .and.to.match(/^transitions covered: \d+ of \d+, 0 illegal$/m)
  })

  it('ends a complaint about its options with where they are listed', async () => {
    expect(await run('--runs 0')).to.deep.equal({
      code: 2,
      out: '',
      errors: '--runs must be a whole number from 1 to 1000000000\n`npm run simulate -- --help` lists the options\n',
    })
  })

  it('lists its options when asked in short', async () => {
    const { code, out } = await run('-h')
    expect(code).to.equal(0)
    expect(out).to.contain('--exhaustive')
  })

  it('plays a kept script again, with its timeline, and says which faults were never injected', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kept-case-'))
    const file = join(folder, 'kept.json')
    try {
      writeFileSync(
        file,
        JSON.stringify({
          seed: 7,
          vendors: ['quay', 'one-shot'],
          script: 'delete, then recover',
          faults: { '0/vendor.create/0': 'answer_lost', '0/vendor.create/9': 'paused' },
        }),
      )
      const { code, out } = await run(`--case ${file}`)
      expect(code).to.equal(1)
      expect(out)
        .to.match(/vendor\.create robot_\S+ !answer_lost/)
        .and.to.match(/never injected.*: 0\/vendor\.create\/9\n/)
      expect(out).to.match(/0 passed, 1 failed, 0 skipped\n$/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
