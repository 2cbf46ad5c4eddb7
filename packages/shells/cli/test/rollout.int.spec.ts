// Here and not beside a source file because it runs the whole command, at a server and on a database.
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { requestsPerCredential } from '@pull-secret/composition/server'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { aServedInstallation, type ServedInstallation } from './a-served-installation.ts'
import type { Ended } from './an-installation.ts'

interface ResultLine {
  readonly cluster_id: string
  readonly outcome: string
  readonly code?: string
}

interface Plan {
  readonly registries: ReadonlyArray<object>
}

describe('a rollout to many clusters', () => {
  let installation: ServedInstallation
  before(async () => {
    installation = await aServedInstallation()
  })
  after(() => installation.close())

  /** Every promise has clusters of its own. */
  let series = 0
  let robotsBefore = 0
  beforeEach(() => {
    series += 1
    robotsBefore = installation.quay.robots().length
  })
  afterEach(() => {
    installation.quay.faults.clear()
    rmSync(inFolder('results.jsonl'), { force: true })
  })

  const newRobots = (): number => installation.quay.robots().length - robotsBefore

  const inFolder = (name: string): string => join(installation.directory, name)

  const ids = (count: number): ReadonlyArray<string> =>
    Array.from({ length: count }, (_, index) => `cls-rollout${String(series * 100 + index)}`)

  const listOf = (clusterIds: ReadonlyArray<string>): string => {
    writeFileSync(inFolder('clusters.txt'), clusterIds.map((id) => `${id},gcp,us-east1\n`).join(''))
    return inFolder('clusters.txt')
  }

  const results = (): ReadonlyArray<ResultLine> =>
    readFileSync(inFolder('results.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as ResultLine)

  const outcomes = (): ReadonlyArray<string> => results().map(({ outcome }) => outcome)

  type Changes = Parameters<ServedInstallation['run']>[1]

  for (const target of ['a server', 'the database'] as const) {
    const rollout = (argv: ReadonlyArray<string>, changes: Changes = {}): Promise<Ended> =>
      installation.run(['rollout', ...argv], {
        ...changes,
        env: target === 'a server' ? installation.atServer : {},
      })

    it(`gives each of them its pull secret at ${target}, once, however often it is repeated`, async () => {
      await installation.run(['generate', ...ids(1)])
      const argv = [listOf(ids(12)), '--results', inFolder('results.jsonl')]
      const first = await rollout(argv)
      expect(first).to.include({ code: 0, stderr: '' })
      expect(first.stdout)
        .to.match(/^Existed: +1$/m)
        .and.match(/^Generated: +11$/m)
        .and.match(/^Pending: +0$/m)
      expect(results().map(({ cluster_id: id }) => id)).to.deep.equal(ids(12))
      expect(outcomes()).to.deep.equal(['existed', ...Array.from({ length: 11 }, () => 'generated')])
      const again = await rollout([...argv, '-o', 'json'])
      expect(JSON.parse(again.stdout)).to.deep.include({ clusters: 12, existed: 12, generated: 0, failed: 0 })
      expect(new Set(outcomes())).to.deep.equal(new Set(['existed']))
      expect(newRobots()).to.equal(12)
    })

    it(`tells beforehand what exists at ${target} and what the rest costs, and changes nothing`, async () => {
      await installation.run(['generate', ...ids(1)])
      const shown = await rollout([listOf(ids(5)), '--dry-run'])
      expect(shown).to.include({ code: 0, stderr: '' })
      expect(shown.stdout)
        .to.match(/^Existing: +1$/m)
        .and.match(/^To generate: +4$/m)
        .and.match(/^quay +quay +4 +8 +8 +6000 a minute +at least 0s, with first logins 0s$/m)
      const plan: unknown = JSON.parse((await rollout([listOf(ids(5)), '--dry-run', '-o', 'json'])).stdout)
      expect(plan).to.deep.include({ clusters: 5, existing: 1, to_generate: 4, seconds: 0, seconds_with_logins: 0 })
      expect((plan as Plan).registries[0]).to.include({ budget_per_minute: 6000 })
      expect(newRobots()).to.equal(1)
    })

    it(`tells beforehand which clusters are banned at ${target}`, async () => {
      const banned = ids(2)[1] ?? ''
      await installation.run(['generate', banned])
      await installation.run(['ban', banned, '--reason', 'in a public log'])
      const shown = await rollout([listOf(ids(2)), '--dry-run'])
      expect(shown).to.include({ code: 9, stderr: '' })
      expect(shown.stdout)
        .to.match(/^To generate: +1$/m)
        .and.match(/^Banned: +1, which will fail$/m)
      const plan: unknown = JSON.parse((await rollout([listOf(ids(2)), '--dry-run', '-o', 'json'])).stdout)
      expect(plan).to.deep.include({ clusters: 2, existing: 0, to_generate: 1, deleted: 0, banned: 1 })
    })

    it(`names the clusters that fail at ${target}, and gives the others theirs`, async () => {
      const deleted = ids(3)[2] ?? ''
      await installation.run(['generate', deleted])
      await installation.run(['delete', deleted])
      const list = listOf([...ids(4), 'not-a-cluster'])
      expect((await rollout([list, '--dry-run'])).code).to.equal(9)
      const ended = await rollout([list, '--results', inFolder('results.jsonl')])
      expect(ended).to.include({ code: 9, stderr: '' })
      expect(ended.stdout)
        .to.match(/^3 +cls-rollout\d+ +CLUSTER_DELETED /m)
        .and.match(/^5 +not-a-cluster +INVALID_REQUEST /m)
      expect(outcomes()).to.deep.equal(['generated', 'generated', 'failed', 'generated', 'failed'])
      const recreated = `{"cluster_id":"${deleted}","recreate":1}`
      const stdin = Readable.from([`${recreated}\n`])
      expect((await rollout(['-'], { stdin })).code).to.equal(0)
      const repeated = await rollout(['-'], { stdin: Readable.from([`${recreated}\n`]) })
      expect(repeated).to.include({ code: 0, stderr: '' })
      expect(repeated.stdout).to.match(/^Existed: +1$/m)
    })

    it(`begins no more at ${target} once too many failed`, async () => {
      const list = listOf(ids(9).map((id, index) => (index === 0 ? id : `not-a-${id}`)))
      const argv = [list, '--results', inFolder('results.jsonl'), '--concurrency', '1']
      const ended = await rollout([...argv, '--max-failures', '2'])
      expect(ended).to.include({ code: 10, stderr: '' })
      expect(outcomes()).to.deep.equal([
        'generated',
        ...Array.from({ length: 3 }, () => 'failed'),
        ...Array.from({ length: 5 }, () => 'pending'),
      ])
    })
  }

  const atServer = (argv: ReadonlyArray<string>, changes: Changes = {}): Promise<Ended> =>
    installation.run(['rollout', ...argv], { ...changes, env: installation.atServer })

  const requests = (): number =>
    Object.values(installation.quay.stats()).reduce((sum, { received }) => sum + received, 0)

  it('costs as many requests as the estimate says', async () => {
    await atServer([listOf(ids(1))])
    const before = requests()
    await atServer([listOf(ids(11))])
    const created = requests()
    expect(created - before).to.equal(10 * (requestsPerCredential['quay']?.create ?? 0))
  })

  it('waits until the service takes more, and holds nothing against a cluster', async () => {
    installation.quay.faults.add({ operation: 'createRobot', fault: { kind: 'status', status: 503 }, times: 2 })
    const ended = await atServer([listOf(ids(3)), '--results', inFolder('results.jsonl')])
    expect(ended).to.include({ code: 0, stderr: '' })
    expect(new Set(outcomes())).to.deep.equal(new Set(['generated']))
  })

  it('shows a person how far it is, and a program nothing', async () => {
    const shown = await atServer([listOf(ids(4))], { isTTY: true })
    expect(shown.stderr)
      .to.include('[####################]  4/4  100 %')
      .and.to.match(/\/min {2}ETA /)
  })

  it('begins nothing while a line is wrong', async () => {
    writeFileSync(inFolder('clusters.txt'), 'cls-rollout01\ncls-rollout02,gcp,canary east\n')
    const ended = await atServer([inFolder('clusters.txt'), '--results', inFolder('results.jsonl')])
    expect(ended).to.include({ code: 2, stdout: '' })
    expect(ended.stderr).to.include('line 2: region must be').and.not.to.include('canary east')
    expect(existsSync(inFolder('results.jsonl'))).to.equal(false)
    expect(newRobots()).to.equal(0)
  })

  it('names what is wrong with its options', async () => {
    const list = listOf(ids(1))
    for (const [argv, name] of [
      [[inFolder('absent')], 'does not exist'],
      [[list, '--results', list], '--results'],
      [[list, '--dry-run', '--results', inFolder('results.jsonl')], '--dry-run'],
      [[list, '--concurrency', '0'], '--concurrency'],
      [[list, '--max-failures', '-1'], '--max-failures'],
      [[list, '--patience', 'long'], '--patience'],
    ] as const) {
      const { code, stdout, stderr } = await atServer(argv)
      expect([argv, code, stdout]).to.deep.equal([argv, 2, ''])
      expect(stderr).to.include(name)
    }
    expect(readFileSync(list, 'utf8')).to.include(ids(1)[0])
  })

  it('begins nothing where its results cannot be written', async () => {
    const ended = await atServer([listOf(ids(2)), '--results', inFolder('absent/results.jsonl')])
    expect(ended).to.include({ code: 1, stdout: '' })
    expect(ended.stderr).to.include('cannot be written (ENOENT)')
    expect(newRobots()).to.equal(0)
  })

  it('is a failure when its results can no longer be written, and keeps the ones before', async () => {
    let writes = 0
    const written: Array<string> = []
    const ended = await atServer([listOf(ids(2)), '--results', inFolder('results.jsonl')], {
      replaceFile: (_, text) => {
        writes += 1
        if (writes > 1) return E.left('ENOSPC')
        written.push(text)
        return E.right(undefined)
      },
    })
    expect(ended).to.include({ code: 1, stdout: '' })
    expect(ended.stderr).to.include('cannot be written (ENOSPC)')
    expect(written[0]?.match(/"pending"/g)).to.have.length(2)
  })

  it('replaces its results as a whole, also under the eyes of a reader, and leaves nothing beside them', async () => {
    writeFileSync(inFolder('results.jsonl'), 'of an earlier run\n')
    const reader = openSync(inFolder('results.jsonl'), 'r')
    await atServer([listOf(ids(2)), '--results', inFolder('results.jsonl')])
    expect(readFileSync(reader, 'utf8')).to.equal('of an earlier run\n')
    closeSync(reader)
    expect(outcomes()).to.deep.equal(['generated', 'generated'])
    expect(readdirSync(installation.directory).filter((name) => name.includes('.new'))).to.deep.equal([])
  })

  it('ends at a signal with results that tell how far it came, and goes on from there', async () => {
    const stopping = new AbortController()
    const argv = [listOf(ids(5)), '--results', inFolder('results.jsonl'), '--concurrency', '1']
    const stderr = new Writable({
      write: (shown: Buffer, _encoding, done) => {
        if (shown.includes(' 2/5 ')) stopping.abort('SIGTERM')
        done()
      },
    })
    const ended = await atServer(argv, { stop: stopping.signal, stderr: Object.assign(stderr, { isTTY: true }) })
    expect(ended.code).to.equal(143)
    expect(outcomes()).to.deep.equal(['generated', 'generated', 'pending', 'pending', 'pending'])
    expect((await atServer(argv)).code).to.equal(0)
    expect(outcomes().slice(0, 2)).to.deep.equal(['existed', 'existed'])
    expect(newRobots()).to.equal(5)
  })

  it('ends at once where the token is refused', async () => {
    const env = { HYPERFLEET_PULL_SECRET_SERVER: installation.url, HYPERFLEET_PULL_SECRET_TOKEN: 'synthetic-stranger' }
    const ended = await installation.run(['rollout', listOf(ids(3))], { env })
    expect(ended).to.include({ code: 3, stdout: '' })
  })
})
