// Here and not beside a source file because it runs the whole command, at a server and on a database.
import type { ReplicasBody } from '@pull-secret/wire'
import { expect } from 'chai'
import { readVersion } from '../src/version.ts'
import { aServedInstallation, type ServedInstallation } from './a-served-installation.ts'
import { administratorToken, type Ended, operatorToken } from './an-installation.ts'

interface PullSecretJson {
  readonly fingerprint: string
  readonly incarnation: number
  readonly credentials: ReadonlyArray<object>
}

/** A server adds the trace id of a request; hints may know more where the database is. */
const comparable = ({ code, stdout, stderr }: Ended): Ended => ({
  code,
  stdout,
  stderr: stderr.replace(/^(trace id|hint): .*\n/gm, ''),
})

describe('commands', () => {
  let installation: ServedInstallation
  before(async () => {
    installation = await aServedInstallation()
  })
  after(() => installation.close())

  const onDatabase = (...argv: ReadonlyArray<string>) => installation.run(argv)
  const atServer = (...argv: ReadonlyArray<string>) => installation.run(argv, { env: installation.atServer })

  const sameOnBoth = async (...argv: ReadonlyArray<string>): Promise<Ended> => {
    const [one, other] = [await onDatabase(...argv), await atServer(...argv)]
    expect(comparable(other)).to.deep.equal(comparable(one))
    return one
  }

  const tokenOf = (clusterId: string): string => {
    const robot = installation.quay.robots().at(-1)
    if (robot === undefined) throw new Error(`no robot for ${clusterId}`)
    return robot.token
  }

  for (const [target, run] of [
    ['on the database', onDatabase],
    ['at a server', atServer],
  ] as const) {
    describe(target, () => {
      const cluster = target === 'at a server' ? 'cls-server1' : 'cls-database1'

      it('give a cluster its pull secret, and show it again', async () => {
        const generated = await run('generate', cluster, '--cloud-provider', 'gcp', '--region', 'us-east1')
        expect(generated).to.deep.include({ code: 0, stderr: '' })
        expect(generated.stdout)
          .to.match(/hyperfleet_gcp_useast1_[0-9a-f]+/)
          .and.to.match(/quay +active/)
        const shown = JSON.parse((await run('get', cluster, '-o', 'json')).stdout) as PullSecretJson
        expect(shown.incarnation).to.equal(1)
        expect(generated.stdout).to.include(shown.fingerprint)
      })

      it('print tokens only where they are asked for', async () => {
        await run('generate', cluster)
        const auth = Buffer.from(tokenOf(cluster)).toString('base64').slice(4, -4)
        const silent = await Promise.all(
          [
            ['get', cluster],
            ['get', cluster, '-o', 'json'],
            ['get', cluster, '-o', 'yaml'],
            ['generate', cluster],
            ['doctor'],
            ['registries', 'check', '-o', 'json'],
          ].map((argv) => run(...argv)),
        )
        for (const { stdout, stderr } of silent) {
          for (const secret of [
            tokenOf(cluster),
            auth,
            administratorToken,
            operatorToken,
            'fingerprint_key',
            'dockerconfigjson',
          ])
            expect(stdout + stderr).not.to.include(secret)
        }
        const document = await run('get', cluster, '-o', 'dockerconfigjson')
        const { auths } = JSON.parse(document.stdout) as {
          readonly auths: Readonly<Record<string, { readonly auth: string }>>
        }
        expect(Object.values(auths).map((entry) => Buffer.from(entry.auth, 'base64').toString())[0]).to.contain(
          tokenOf(cluster),
        )
        expect((await run('get', cluster, '--show-secret')).stdout).to.include(document.stdout)
        expect((await run('get', cluster, '--show-secret', '-o', 'json')).stdout).to.include('fingerprint_key')
      })

      it('print the bare document byte for byte as the API has it, with a line break on a terminal only', async () => {
        await run('generate', cluster)
        const { dockerconfigjson } = JSON.parse((await run('get', cluster, '--show-secret', '-o', 'json')).stdout) as {
          readonly dockerconfigjson: string
        }
        for (const command of ['get', 'generate']) {
          const argv = [command, cluster, '-o', 'dockerconfigjson']
          expect((await run(...argv)).stdout).to.equal(dockerconfigjson)
          const env = target === 'at a server' ? installation.atServer : {}
          const shown = await installation.run([...argv, '--show-secret'], { isTTY: true, env })
          expect(shown.stdout).to.equal(`${dockerconfigjson}\n`)
        }
      })

      it('keep a terminal free of the bare document, and make nothing for it', async () => {
        const robots = installation.quay.robots().length
        const refused = await installation.run(['generate', `${cluster}9`, '-o', 'dockerconfigjson'], {
          isTTY: true,
          env: target === 'at a server' ? installation.atServer : {},
        })
        expect(refused).to.include({ code: 2, stdout: '' })
        expect(refused.stderr).to.include('--show-secret')
        expect(installation.quay.robots()).to.have.length(robots)
      })

      it('say how a deletion goes on, wait for its proof, and let the cluster live again', async () => {
        await run('generate', cluster)
        installation.quay.faults.add({ operation: 'deleteRobot', fault: { kind: 'status', status: 503 }, times: 2 })
        const begun = await run('delete', cluster, '-o', 'json')
        expect(begun.code).to.equal(7)
        expect(JSON.parse(begun.stdout))
          .to.deep.include({ cluster_id: cluster, status: 'deleting' })
          .and.to.have.nested.property('registries.quay.status', 'revoking')
        expect((await run('generate', cluster)).code).to.equal(5)
        expect(await run('delete', cluster, '--wait')).to.include({ code: 0, stderr: '' })
        const refused = await run('generate', cluster)
        expect(refused.stderr).to.include('--recreate 1')
        expect((await run('generate', cluster, '--recreate', '1')).code).to.equal(0)
        expect((await run('get', cluster)).stdout).to.match(/Incarnation: +2/)
      })

      it('ban a cluster for certain, say why it is refused, and let it live again', async () => {
        await run('generate', cluster)
        const begun = await run('ban', cluster, '--reason', 'in a public log', '-o', 'json')
        expect(JSON.parse(begun.stdout)).to.deep.include({
          cluster_id: cluster,
          banned: true,
          reason: 'in a public log',
        })
        expect(await run('ban', cluster, '--reason', 'again', '--wait')).to.include({ code: 0, stderr: '' })
        for (const command of ['get', 'generate']) {
          const { code, stderr } = await run(command, cluster)
          expect([code, stderr.includes('is banned: in a public log')]).to.deep.equal([5, true])
        }
        expect((await run('clusters', 'show', cluster)).stdout).to.match(/State: +live, banned/)
        expect((await run('unban', cluster)).stdout).to.include('is not banned')
        expect((await run('get', cluster)).code).to.equal(4)
        expect((await run('generate', cluster)).code).to.equal(0)
      })
    })
  }

  it('answer alike wherever they work', async () => {
    await onDatabase('generate', 'cls-alike1')
    for (const format of ['table', 'json', 'yaml'])
      expect((await sameOnBoth('get', 'cls-alike1', '-o', format)).code).to.equal(0)
    expect((await sameOnBoth('generate', 'cls-alike1')).code).to.equal(0)
    expect((await sameOnBoth('registries', 'list', '-o', 'json')).code).to.equal(0)
    expect((await sameOnBoth('registries', 'check')).code).to.equal(0)
    // What was published is looked at once, by whoever comes first.
    expect((await onDatabase('jobs', 'run', 'recovery')).code).to.equal(0)
    expect((await sameOnBoth('jobs', 'run', 'recovery')).code).to.equal(0)
    expect((await sameOnBoth('clusters', 'list', '-o', 'yaml')).code).to.equal(0)
    expect((await sameOnBoth('clusters', 'show', 'cls-alike1', '-o', 'json')).code).to.equal(0)
    expect((await sameOnBoth('stuck')).code).to.equal(0)
    expect((await sameOnBoth('audit', 'list', '-o', 'json')).code).to.equal(0)
    expect((await sameOnBoth('clusters', 'show', 'cls-nobody1')).code).to.equal(4)
    expect((await sameOnBoth('audit', 'list', '--cluster', 'no body')).code).to.equal(2)
    expect((await sameOnBoth('get', 'cls-nobody1')).code).to.equal(4)
    expect((await sameOnBoth('get', 'nobody')).code).to.equal(2)
    expect((await sameOnBoth('generate', 'cls-alike1', '--region', 'us east')).code).to.equal(2)
    expect((await sameOnBoth('generate', 'cls-alike1', '--cloud-provider', 'nimbus')).code).to.equal(2)
    expect((await sameOnBoth('generate', 'cls-alike1', '--registry', 'nowhere')).code).to.equal(2)
    expect((await sameOnBoth('delete', 'cls-alike1', '--incarnation', '9')).code).to.equal(5)
  })

  it('tell of the processes that write the ledger, and not of commands that have ended', async () => {
    await onDatabase('generate', 'cls-alike2')
    for (const ask of [onDatabase, atServer]) {
      const { replicas } = JSON.parse((await ask('replicas', '-o', 'json')).stdout) as ReplicasBody
      expect(
        replicas.map(({ component, version, key_ids: keys, alive }) => [component, version, keys, alive]),
      ).to.deep.equal([['pull-secret-service', readVersion(), ['first'], true]])
      expect((await ask('replicas')).stdout).to.match(
        /^HOST .* KEYS\n\S+ +pull-secret-service +[\d.]+ +alive +\d+s +\d+s +first\n$/,
      )
    }
  })
})
