// Here and not beside a source file because it runs the whole command, at a server and on a database.
import { expect } from 'chai'
import { parse } from 'yaml'
import { aServedInstallation, type ServedInstallation } from './a-served-installation.ts'
import { administratorToken, type Ended } from './an-installation.ts'
import { ownName } from './program.ts'

const clusterIds = ['cls-listed1', 'cls-listed2', 'cls-listed3']

/** A server adds the trace id of a request; hints may know more where the database is. */
const comparable = ({ code, stdout, stderr }: Ended): Ended => ({
  code,
  stdout,
  stderr: stderr.replace(/^(trace id|hint): .*\n/gm, ''),
})

/** Runs a command at both targets at the same moment of the clock. */
const runOnBoth = async (installation: ServedInstallation, argv: ReadonlyArray<string>): Promise<Ended> => {
  const at = Date.now()
  const now = () => at
  const onDatabase = await installation.run(argv, { now })
  const atServer = await installation.run(argv, { now, env: installation.atServer })
  expect(comparable(atServer)).to.deep.equal(comparable(onDatabase))
  return onDatabase
}

describe('lists for operators', () => {
  let installation: ServedInstallation
  before(async () => {
    installation = await aServedInstallation()
    for (const [index, id] of clusterIds.entries())
      await installation.run(['generate', id, '--cloud-provider', index === 0 ? 'gcp' : 'aws', '--region', 'us-east1'])
  })
  after(() => installation.close())

  const run = (...argv: ReadonlyArray<string>) => runOnBoth(installation, argv)

  const linesOf = async (...argv: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
    const { code, stdout } = await run(...argv, '-o', 'name')
    expect(code).to.equal(0)
    return stdout.split('\n').slice(0, -1)
  }

  it('show clusters to people and to programs', async () => {
    const shown = await run('clusters', 'list')
    expect(shown).to.include({ code: 0, stderr: '' })
    expect(shown.stdout).to.match(/^cls-listed1 +live +gcp +us-east1 +\d+s +\d+s +quay active$/m)
    expect(await linesOf('clusters', 'list')).to.deep.equal(clusterIds)
    const json = JSON.parse((await run('clusters', 'list', '-o', 'json')).stdout) as {
      readonly clusters: ReadonlyArray<{ readonly cluster_id: string }>
    }
    expect(json).to.have.property('next_cursor', null)
    expect(json.clusters.map(({ cluster_id: id }) => id)).to.deep.equal(clusterIds)
    expect(parse((await run('clusters', 'list', '-o', 'yaml')).stdout)).to.deep.equal(json)
  })

  it('show the clusters that fit every filter', async () => {
    const filtered = (...argv: ReadonlyArray<string>) => linesOf('clusters', 'list', ...argv)
    expect(await filtered('--cloud-provider', 'aws')).to.deep.equal(clusterIds.slice(1))
    expect(await filtered('--cloud-provider', 'gcp', '--region', 'us-east1')).to.deep.equal(clusterIds.slice(0, 1))
    expect(await filtered('--region', 'eu-west1')).to.deep.equal([])
    expect(await filtered('--registry', 'quay', '--state', 'live')).to.deep.equal(clusterIds)
    expect(await filtered('--registry', 'nowhere')).to.deep.equal([])
    expect(await filtered('--older-than', '1h')).to.deep.equal([])
    const inAnHour = { now: () => Date.now() + 3_600_000 }
    const aged = await installation.run(['clusters', 'list', '--older-than', '59m', '-o', 'name'], inAnHour)
    expect(aged.stdout).to.equal(`${clusterIds.join('\n')}\n`)
  })

  it('end at the limit, and say that there is more', async () => {
    const cut = await run('clusters', 'list', '--limit', '2', '-o', 'json')
    expect(cut).to.include({ code: 0, stderr: 'there is more after these 2: --limit 0 lists all\n' })
    expect(JSON.parse(cut.stdout)).to.have.property('next_cursor').a('string')
    expect((await run('clusters', 'list', '--limit', '3')).stderr).to.equal('')
    expect(await linesOf('clusters', 'list', '--limit', '0')).to.deep.equal(clusterIds)
  })

  it('show one cluster, or that there is none', async () => {
    expect((await run('clusters', 'show', 'cls-listed1')).stdout)
      .to.match(/^Cloud provider: +gcp$/m)
      .and.match(/^quay +active +1 +\d+s +- +-$/m)
    const [first] = (
      JSON.parse((await run('clusters', 'list', '-o', 'json')).stdout) as { readonly clusters: ReadonlyArray<object> }
    ).clusters
    expect(JSON.parse((await run('clusters', 'show', 'cls-listed1', '-o', 'json')).stdout)).to.deep.equal(first)
    expect((await run('clusters', 'show', 'cls-listed1', '-o', 'name')).stdout).to.equal('cls-listed1\n')
    expect((await run('clusters', 'show', 'cls-nobody1')).code).to.equal(4)
  })

  it('show the audit, the newest first, and what fits every filter', async () => {
    const { stdout } = await run('audit', 'list')
    expect(stdout).to.match(/ +cls-listed1 +quay +create +ready → active +success +cli:\w+ +\w+$/m)
    expect(stdout).to.include(` cli:${ownName} `)
    const all = await linesOf('audit', 'list')
    const ofCluster = await linesOf('audit', 'list', '--cluster', 'cls-listed2')
    expect(ofCluster).to.deep.equal(all.filter((id) => ofCluster.includes(id)))
    expect(ofCluster.length).to.be.within(1, all.length - 1)
    expect(await linesOf('audit', 'list', '--subject', `cli:${ownName}`, '--since', '1h')).to.deep.equal(all)
    expect(await linesOf('audit', 'list', '--subject', 'nobody')).to.deep.equal([])
    expect(await linesOf('audit', 'list', '--action', 'ban')).to.deep.equal([])
    expect(await linesOf('audit', 'list', '--until', '1h')).to.deep.equal([])
    expect(await linesOf('audit', 'list', '--since', '2026-01-31T00:00:00+02:00')).to.deep.equal(all)
  })

  it('name what they refuse', async () => {
    for (const [argv, name] of [
      [['clusters', 'list', '--state', 'dead'], '--state'],
      [['clusters', 'list', '--older-than', 'long'], '--older-than'],
      [['clusters', 'list', '--limit', '-1'], '--limit'],
      [['clusters', 'list', '--region', 'us east'], 'region'],
      [['clusters', 'list', '--cloud-provider', ''], 'cloud_provider'],
      [['audit', 'list', '--action', 'nothing'], '--action'],
      [['audit', 'list', '--since', 'yesterday'], '--since'],
      [['audit', 'list', '--cluster', 'no cluster'], 'cluster_id'],
      [['stuck', '-o', 'xml'], '--output'],
    ] as const) {
      const { code, stdout, stderr } = await run(...argv)
      expect([argv, code, stdout]).to.deep.equal([argv, 2, ''])
      expect(stderr).to.include(name)
    }
  })

  it('are watched until a signal comes, which is their end and no failure', async () => {
    for (const [target, env] of [
      ['database', {}],
      ['server', installation.atServer],
    ] as const) {
      const stopping = new AbortController()
      const added = `cls-${target}1`
      let pauses = 0
      const sleep = async (): Promise<void> => {
        pauses += 1
        if (pauses === 1) await installation.run(['generate', added])
        if (pauses === 3) stopping.abort('SIGTERM')
      }
      const argv = ['clusters', 'list', '--watch', '-o', 'name']
      const before = await linesOf('clusters', 'list')
      const after = [...before, added].sort()
      expect(await installation.run(argv, { env, sleep, stop: stopping.signal })).to.deep.equal({
        code: 0,
        stdout: `${before.join('\n')}\n\n${after.join('\n')}\n`,
        stderr: '',
      })
    }
  })

  it('are not watched where they cannot be read', async () => {
    expect((await installation.run(['stuck', '--watch', '--config', '/nowhere'])).code).to.equal(2)
    const env = { HYPERFLEET_PULL_SECRET_SERVER: 'http://127.0.0.1:1', HYPERFLEET_PULL_SECRET_TOKEN: 'synthetic' }
    expect((await installation.run(['audit', 'list', '--watch'], { env })).code).to.equal(6)
    const stop = AbortSignal.abort('SIGINT')
    expect(await installation.run(['stuck', '--watch'], { stop })).to.deep.equal({ code: 0, stdout: '', stderr: '' })
  })
})

describe('stuck work', () => {
  let installation: ServedInstallation
  before(async () => {
    installation = await aServedInstallation()
  })
  after(() => installation.close())

  const run = (...argv: ReadonlyArray<string>) => runOnBoth(installation, argv)

  it('fails the command that lists it, so that a job can alarm on it', async () => {
    expect(await run('stuck')).to.deep.equal({ code: 0, stdout: 'Nothing is stuck.\n', stderr: '' })
    installation.quay.expireAdministratorToken(administratorToken)
    await installation.run(['generate', 'cls-stuck01'])
    const shown = await run('stuck')
    expect([shown.code, shown.stderr]).to.deep.equal([8, ''])
    expect(shown.stdout).to.match(
      /^cls-stuck01 +quay +create +\d+s +\d+ +administrator_refused +renew the service's token /m,
    )
    const { code, stdout } = await run('stuck', '-o', 'json')
    const [row] = (JSON.parse(stdout) as { readonly stuck: ReadonlyArray<{ readonly credential_id: string }> }).stuck
    const names = await run('stuck', '-o', 'name')
    expect([code, names.code, names.stdout]).to.deep.equal([8, 8, `${row?.credential_id ?? ''}\n`])
  })
})
