// Here and not beside a source file because it runs whole commands with what is wrong in every place at once.
import { expect } from 'chai'
import { anInstallation, type Installation, runCommand } from './an-installation.ts'

describe('commands with a wrong configuration', () => {
  let installation: Installation
  let flags: ReadonlyArray<string>
  before(async () => {
    installation = await anInstallation({ migrated: false })
    const keyRing = await installation.file('bad-ring.json', '{"keys": []}')
    const tokens = await installation.file('bad-tokens.json', '[{"subject": 7}]')
    const headers = await installation.file('bad-headers', 'canary')
    flags = [
      `--encryption-key-ring-file=${keyRing}`,
      `--access-tokens-file=${tokens}`,
      '--telemetry-traces-endpoint=https://traces.example',
      `--telemetry-traces-headers-file=${headers}`,
    ]
  })
  after(() => installation.close())

  const registries = JSON.stringify([
    { id: 'quay', type: 'quay', lease_seconds: 1, config: { token_file: 7 } },
    { id: 'edge', type: 'parcel' },
  ])
  const everyFault = [
    /server\.port must be a whole number.* \(correct --server-port\)/,
    /database\.pool_size must be/,
    /registries\.0\.lease_seconds must be/,
    /registry quay: token_file must be/,
    /registry edge: type must be one of/,
    /bad-ring\.json: writing is required/,
    /bad-tokens\.json: /,
    /bad-headers: every line must read NAME: VALUE/,
  ]

  it('are told everything at once, wherever it stands', async () => {
    const env = { HYPERFLEET_DATABASE_POOL_SIZE: 'many', HYPERFLEET_REGISTRIES: registries }
    const started = await installation.run(['serve', '--server-port', '70000', ...flags], { env })
    expect([started.code, started.stdout]).to.deep.equal([2, ''])
    const examined = await installation.run(['doctor', '--server-port', '70000', ...flags], { env })
    expect(examined.code).to.equal(8)
    for (const fault of everyFault) {
      expect(started.stderr).to.match(fault)
      expect(examined.stdout).to.match(new RegExp(fault.source.replace(/ \\\(correct.*/, '')))
    }
  })

  it('are told everything at once where every setting has its form', async () => {
    const ca = await installation.file('ca.pem', '')
    const env = {
      HYPERFLEET_REGISTRIES: registries.replace('"lease_seconds":1,', ''),
      HYPERFLEET_DATABASE_TLS_MODE: 'verify-full',
      HYPERFLEET_DATABASE_TLS_CA_FILE: ca,
    }
    const started = await installation.run(['serve', ...flags], { env })
    expect(started.code).to.equal(1)
    for (const fault of [...everyFault.slice(3), /ca\.pem/]) expect(started.stderr).to.match(fault)
  })

  it('are told of a kubeconfig that cannot be used together with the rest', async () => {
    const env = {
      HYPERFLEET_ACCESS_TYPE: 'kubernetes',
      HYPERFLEET_ACCESS_KUBERNETES_KUBECONFIG_FILE: await installation.file('kubeconfig', 'clusters: []'),
      HYPERFLEET_DATABASE_POOL_SIZE: 'many',
    }
    const started = await installation.run(['serve'], { env })
    expect(started.code).to.equal(2)
    expect(started.stderr)
      .to.match(/kubeconfig has no current context/)
      .and.to.match(/database\.pool_size must be/)
  })

  it('are told of a missing file alone', async () => {
    const ended = await runCommand(['get', 'cls-abc123', '--config', '/nowhere/config.yaml'])
    expect(ended.code).to.equal(2)
    expect(ended.stderr).to.include('config names a file that does not exist').and.not.include('required')
  })

  it('are told of a file without an end, and read no more than 1 MiB of it', async () => {
    const ended = await runCommand(['get', 'cls-abc123', '--config', '/dev/zero'])
    expect(ended.code).to.equal(2)
    expect(ended.stderr).to.include('the file /dev/zero is longer than 1 MiB')
    const env = { HYPERFLEET_DATABASE_URL_FILE: '/dev/zero' }
    expect((await installation.run(['get', 'cls-abc123'], { env })).stderr).to.include('longer than 1 MiB')
  })

  it('are told which flag or variable names the server, whatever is wrong with it', async () => {
    const env = { HYPERFLEET_PULL_SECRET_TOKEN: 'synthetic' }
    const byFlag = await runCommand(['get', 'cls-abc123', '--server', 'ftp://x'], { env })
    expect(byFlag.code).to.equal(2)
    expect(byFlag.stderr).to.match(/--server must be an http or https URL\nhint: correct --server\n/)
    const byVariable = await runCommand(['get', 'cls-abc123'], {
      env: { ...env, HYPERFLEET_PULL_SECRET_SERVER: 'https://a:b@c.example' },
    })
    expect(byVariable.stderr).to.match(/HYPERFLEET_PULL_SECRET_SERVER must not contain credentials/)
    const examined = await runCommand(['doctor', '--server', ''], { env })
    expect(examined.stdout).to.match(/^failed +server: --server must be an http or https URL$/m)
  })
})

describe('a request that is refused', () => {
  let installation: Installation
  before(async () => {
    installation = await anInstallation({ migrated: true })
  })
  after(() => installation.close())

  it('hints at the registries only where they are what is wrong', async () => {
    const ofCluster = await installation.run(['get', 'Cluster_1'])
    expect(ofCluster.code).to.equal(2)
    expect(ofCluster.stderr).to.match(/^hint: correct what the message names/m)
    const ofRegistry = await installation.run(['generate', 'cls-abc123', '--registry', 'nowhere'])
    expect(ofRegistry.stderr).to.match(/^hint: .*registries list/m)
  })
})
