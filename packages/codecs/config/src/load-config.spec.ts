import { expect } from 'chai'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import {
  type ConfigFault,
  type ConfigSources,
  describeFaults,
  type Environment,
  type Flags,
  loadConfig,
} from './index.ts'
import { readFileOf, workingFile } from './working-file.spec.ts'

const load = (sources: Partial<ConfigSources>) =>
  loadConfig({
    flags: {},
    env: {},
    readFile: readFileOf({ '/etc/hyperfleet/config.yaml': workingFile }),
    ...sources,
  })

const configOf = (sources: Partial<ConfigSources>) => {
  const result = load(sources)
  if (E.isLeft(result)) throw new Error(describeFaults(result.left.faults))
  return result.right
}

const faultsOf = (sources: Partial<ConfigSources>): ReadonlyArray<ConfigFault> => {
  const result = load(sources)
  return E.isLeft(result) ? result.left.faults : []
}

const fieldsOf = (sources: Partial<ConfigSources>) => faultsOf(sources).map(({ field, rule }) => [field, rule])
const withFile = (text: string): Partial<ConfigSources> => ({
  readFile: readFileOf({ '/etc/hyperfleet/config.yaml': text }),
})
const withRegistries = (registries: unknown): Partial<ConfigSources> => ({
  env: { HYPERFLEET_REGISTRIES: JSON.stringify(registries) },
})

describe('loadConfig', () => {
  describe('sources', () => {
    it('takes a flag over a variable, a variable over the file, the file over a default', () => {
      const env: Environment = { HYPERFLEET_SERVER_PORT: '9001', HYPERFLEET_SERVER_SHUTDOWN_SECONDS: '7' }
      const flags: Flags = { 'server-port': '9002' }
      const { server } = configOf({
        env,
        flags,
        ...withFile(`${workingFile}\nserver: { port: 9000, shutdown_seconds: 6, body_limit_bytes: 2048 }`),
      })
      expect([server.port, server.shutdownSeconds, server.bodyLimitBytes, server.metricsPort]).to.deep.equal([
        9002, 7, 2048, 8081,
      ])
    })

    it('lets a Kubernetes API server decide about callers, in a sandbox or not', () => {
      const text = workingFile.replace(/access: .*/, 'access: { type: kubernetes }').replace('sandbox: true', '')
      expect(configOf(withFile(text)).access).to.deep.equal({
        type: 'kubernetes',
        kubeconfigFile: undefined,
        audiences: undefined,
        anonymousMetrics: false,
      })
      const env = {
        HYPERFLEET_ACCESS_KUBERNETES_AUDIENCES: '["hyperfleet-api"]',
        HYPERFLEET_ACCESS_KUBERNETES_KUBECONFIG_FILE: '/kubeconfig',
      }
      expect(configOf({ ...withFile(text), env }).access).to.include({ kubeconfigFile: '/kubeconfig' })
      expect(configOf({ ...withFile(text), env }).access).to.deep.include({ audiences: ['hyperfleet-api'] })
    })

    it('takes certificate and key of the API port, and the authorities of its clients', () => {
      const env = {
        HYPERFLEET_SERVER_TLS_CERT_FILE: '/server.pem',
        HYPERFLEET_SERVER_TLS_KEY_FILE: '/server.key',
      }
      const pair = { certFile: '/server.pem', keyFile: '/server.key' }
      expect(configOf({ env }).server.tls).to.deep.equal({ ...pair, clientCaFile: undefined })
      const flags = { 'server-tls-client-ca-file': '/clients.pem' }
      expect(configOf({ env, flags }).server.tls).to.deep.equal({ ...pair, clientCaFile: '/clients.pem' })
    })

    it('takes where traces go, which part of them and with which headers', () => {
      const env = { HYPERFLEET_TELEMETRY_TRACES_ENDPOINT: 'https://traces.example:4318/' }
      const traces = { endpoint: 'https://traces.example:4318', ratio: 1, headersFile: undefined }
      expect(configOf({ env }).telemetry.traces).to.deep.equal(traces)
      const flags = { 'telemetry-traces-ratio': '0.01', 'telemetry-traces-headers-file': '/headers' }
      expect(configOf({ env, flags }).telemetry.traces).to.deep.equal({
        ...traces,
        ratio: 0.01,
        headersFile: '/headers',
      })
    })

    it('gives every setting that nobody set its default', () => {
      const { deployment, server, database, access, rateLimits, jobs, telemetry, errors } = configOf({})
      expect(deployment).to.deep.equal({ mode: 'per-instance', id: 'fleet-1', sandbox: true })
      expect({ ...server, clusterIdPatterns: undefined }).to.deep.equal({
        host: '0.0.0.0',
        port: 8080,
        metricsPort: 8081,
        tls: undefined,
        plainHttp: undefined,
        trustedProxies: [],
        bodyLimitBytes: 65_536,
        maxConnections: 2000,
        shutdownSeconds: 20,
        clusterIdPatterns: undefined,
        cloudProviders: ['gcp', 'aws', 'azure', 'oci'],
        publicUrl: undefined,
        docs: false,
      })
      expect([
        database.poolSize,
        database.preparedStatements,
        database.tls.mode,
        database.statementTimeoutSeconds,
      ]).to.deep.equal([10, true, 'verify-full', 3])
      expect(access.anonymousMetrics).to.equal(false)
      expect(rateLimits).to.deep.equal({
        standard: { perMinute: undefined, perSecond: undefined },
        unauthenticated: { perMinute: 600, perSecond: 100 },
        subjects: [],
      })
      expect(jobs).to.deep.equal({ recovery: { intervalSeconds: 60, batchSize: 50 } })
      expect(telemetry).to.deep.equal({ logLevel: 'info', logFormat: 'json', traces: undefined })
      expect(errors.baseUrl).to.equal('https://docs.hyperfleet.io/errors/')
    })

    it('gives a caller limits of its own', () => {
      const env = {
        HYPERFLEET_RATE_LIMITS_SUBJECTS:
          '[{"subject":"one","standard":{"per_minute":600}},{"subject":"two","standard":{}}]',
      }
      expect(configOf({ env }).rateLimits.subjects).to.deep.equal([
        { subject: 'one', standard: { perMinute: 600, perSecond: undefined } },
        { subject: 'two', standard: { perMinute: undefined, perSecond: undefined } },
      ])
    })

    it('takes addresses and ranges of proxies, and nothing that only looks like one', () => {
      const proxies = ['10.1.2.3', '10.0.0.0/8', '::1', 'fd00::/8', '0.0.0.0/0']
      const setTo = (list: ReadonlyArray<unknown>) => ({
        env: { HYPERFLEET_SERVER_TRUSTED_PROXIES: JSON.stringify(list) },
      })
      expect(configOf(setTo(proxies)).server.trustedProxies).to.deep.equal(proxies)
      for (const wrong of [
        '10.0.0',
        '10.0.0.0/33',
        'fd00::/129',
        '10.0.0.0/',
        '10.0.0.0/8/8',
        'fe80::1%eth0',
        'proxy',
        '',
      ])
        expect(fieldsOf(setTo([wrong])), wrong).to.deep.equal([['server.trusted_proxies.0', 'format']])
      expect(fieldsOf(setTo([8]))).to.deep.equal([['server.trusted_proxies.0', 'invalid']])
    })

    it('reads the file that the flag names rather than the one of the variable or the default one', () => {
      const readFile = readFileOf({
        '/flag.yaml': workingFile.replace('fleet-1', 'by-flag'),
        '/variable.yaml': workingFile.replace('fleet-1', 'by-variable'),
        '/etc/hyperfleet/config.yaml': workingFile,
      })
      expect(configOf({ readFile, env: { HYPERFLEET_CONFIG: '/variable.yaml' } }).deployment.id).to.equal('by-variable')
      expect(
        configOf({ readFile, env: { HYPERFLEET_CONFIG: '/variable.yaml' }, flags: { config: '/flag.yaml' } }).deployment
          .id,
      ).to.equal('by-flag')
    })

    it('does without a default file, but not without one that is named', () => {
      const readFile = readFileOf({})
      expect(fieldsOf({ readFile })).not.to.deep.include(['config', 'invalid'])
      expect(fieldsOf({ readFile, flags: { config: '/absent.yaml' } })).to.deep.include(['config', 'invalid'])
    })

    it('refuses a default file that is there and cannot be read', () => {
      expect(fieldsOf({ readFile: () => E.left('unreadable') })).to.deep.include(['config', 'invalid'])
    })

    it('is content with variables alone', () => {
      const env: Environment = {
        HYPERFLEET_DEPLOYMENT_ID: 'fleet-2',
        HYPERFLEET_DEPLOYMENT_SANDBOX: 'true',
        HYPERFLEET_DATABASE_URL: 'postgres://database.example/pull',
        HYPERFLEET_ENCRYPTION_KEY_RING_FILE: '/keys.json',
        HYPERFLEET_ACCESS_TYPE: 'static',
        HYPERFLEET_ACCESS_TOKENS_FILE: '/tokens.json',
        HYPERFLEET_REGISTRIES: '[{"id":"quay","type":"quay"}]',
        HYPERFLEET_SERVER_CLOUD_PROVIDERS: '["gcp"]',
      }
      const { deployment, server, registries } = configOf({ env, readFile: readFileOf({}) })
      expect([deployment.id, server.cloudProviders, registries.map(({ id }) => id)]).to.deep.equal([
        'fleet-2',
        ['gcp'],
        ['quay'],
      ])
    })

    it('refuses the variable that would replace the database driver', () => {
      expect(fieldsOf({ env: { NODE_PG_FORCE_NATIVE: '' } })).to.deep.equal([['NODE_PG_FORCE_NATIVE', 'unknown']])
    })

    it('leaves variables alone that belong to other components', () => {
      expect(
        faultsOf({
          env: {
            HYPERFLEET_API_URL: 'https://api.example',
            HYPERFLEET_PULL_SECRET_SERVER: 'https://server.example',
            PATH: '/bin',
          },
        }),
      ).to.deep.equal([])
    })
  })

  describe('the address of the database', () => {
    it('comes from the file that is named for it, without the line end', () => {
      const readFile = readFileOf({
        '/etc/hyperfleet/config.yaml': workingFile,
        '/url': 'postgres://reader:p%40ss@database.example:5432/pull\n',
      })
      expect(configOf({ readFile, env: { HYPERFLEET_DATABASE_URL_FILE: '/url' } }).database.url.reveal()).to.equal(
        'postgres://reader:p%40ss@database.example:5432/pull',
      )
    })

    it('may be set one way by one source and another way by a higher one', () => {
      const sources = {
        readFile: readFileOf({ '/etc/hyperfleet/config.yaml': workingFile, '/url': 'postgres://b.example/pull' }),
        env: { HYPERFLEET_DATABASE_URL: 'postgres://a.example/pull' },
      }
      expect(configOf(sources).database.url.reveal()).to.include('a.example')
      expect(configOf({ ...sources, flags: { 'database-url-file': '/url' } }).database.url.reveal()).to.include(
        'b.example',
      )
    })

    it('is refused when one source sets it both ways', () => {
      expect(
        fieldsOf({
          env: { HYPERFLEET_DATABASE_URL: 'postgres://a.example/pull', HYPERFLEET_DATABASE_URL_FILE: '/url' },
        }),
      ).to.deep.equal([['database.url_file', 'invalid']])
    })

    it('is reported once when its file is not there', () => {
      expect(fieldsOf({ env: { HYPERFLEET_DATABASE_URL_FILE: '/absent' } })).to.deep.equal([
        ['database.url_file', 'invalid'],
      ])
    })

    it('cannot be given on a command line', () => {
      expect(fieldsOf({ flags: { 'database-url': 'postgres://a.example/pull' } })).to.deep.equal([
        ['--database-url', 'unknown'],
      ])
    })

    it('must name host and database, and nothing after it', () => {
      for (const url of [
        'mysql://a/b',
        'postgres:///pull',
        'postgres://a.example',
        'database',
        'postgres://a.example/pull?sslmode=disable',
        'postgres://a.example/pull?x=1&sslrootcert=/ca',
        'postgres://a.example/pull?connect_timeout=3',
        'postgres://a.example/pull#main',
      ]) {
        expect(fieldsOf({ env: { HYPERFLEET_DATABASE_URL: url } }), url).to.deep.equal([['database.url', 'format']])
      }
    })

    it('is told which parameters to remove, unless they may be part of a password', () => {
      const refusalOf = (rest: string) => faultsOf({ env: { HYPERFLEET_DATABASE_URL: `postgres://a/b${rest}` } })[0]
      expect(refusalOf('?connect_timeout=CANARY&sslmode=CANARY')?.message).to.equal(
        'database.url must have nothing after the name of the database: ' +
          'remove connect_timeout, sslmode, and configure TLS under database.tls',
      )
      expect(refusalOf('?CANARY=1@a.example/pull')?.message).to.match(/nothing after the name of the database$/)
    })
  })

  describe('faults', () => {
    it('are told all at once', () => {
      expect(
        fieldsOf({
          ...withFile('deployment: { id: Fleet_1, sandbox: true }'),
          env: { HYPERFLEET_SERVER_PORT: 'many' },
          flags: { 'access-typ': 'static' },
        }),
      ).to.have.deep.members([
        ['--access-typ', 'unknown'],
        ['deployment.id', 'format'],
        ['server.port', 'invalid'],
        ['database.url', 'required'],
        ['encryption.key_ring_file', 'required'],
        ['access.type', 'required'],
        ['registries', 'required'],
      ])
    })

    it('name limits that are none, and a caller who has two', () => {
      const subjects = [
        { subject: 'one', standard: { per_minute: 0 } },
        { subject: 'two', rotation: {}, standard: {} },
        { subject: 'three' },
      ]
      const env = { HYPERFLEET_RATE_LIMITS_SUBJECTS: JSON.stringify(subjects) }
      expect(fieldsOf({ env })).to.have.deep.members([
        ['rate_limits.subjects.0.standard.per_minute', 'format'],
        ['rate_limits.subjects.1.rotation', 'unknown'],
        ['rate_limits.subjects.2.standard', 'required'],
      ])
      const twice = JSON.stringify([subjects[0], subjects[0]].map(() => ({ subject: 'one', standard: {} })))
      expect(fieldsOf({ env: { HYPERFLEET_RATE_LIMITS_SUBJECTS: twice } })).to.deep.equal([
        ['rate_limits.subjects.1.subject', 'invalid'],
      ])
    })

    it('include what no single setting can say about itself', () => {
      expect(
        fieldsOf({
          env: {
            HYPERFLEET_DEPLOYMENT_ID: 'Fleet_1',
            HYPERFLEET_DEPLOYMENT_SANDBOX: 'false',
            HYPERFLEET_SERVER_METRICS_PORT: '8080',
          },
        }),
      ).to.have.deep.members([
        ['deployment.id', 'format'],
        ['access.type', 'invalid'],
        ['server.metrics_port', 'invalid'],
      ])
    })

    it('do not say of what could not be read that it is missing', () => {
      expect(fieldsOf({ flags: { config: '/absent.yaml' } })).to.deep.equal([['config', 'invalid']])
      expect(fieldsOf(withFile('deployment: ['))).to.deep.equal([['config', 'format']])
      expect(fieldsOf(withFile(workingFile.replace(/access: .*/, 'access: static')))).to.deep.equal([
        ['access', 'invalid'],
      ])
    })

    it('come with what can be read all the same', () => {
      const readableOf = (sources: Partial<ConfigSources>) => {
        const result = load(sources)
        return E.isLeft(result) ? result.left.readable : undefined
      }
      const registries = [
        { id: 'quay', type: 'quay', lease_seconds: 0, config: { token_file: 7 } },
        { id: 'Quay' },
        { id: 'edge', type: 'toy', module: './toy.js' },
      ]
      const tls = { cert_file: '/server.pem', key_file: '/server.key' }
      const text = workingFile.replace(/registries: .*/, `registries: ${JSON.stringify(registries)}`)
      const readable = readableOf(withFile(`${text}\nserver: ${JSON.stringify({ tls })}`))
      expect(readable?.registries).to.deep.equal([
        { place: 0, id: 'quay', type: 'quay', module: undefined, config: { token_file: 7 } },
        { place: 2, id: 'edge', type: 'toy', module: '/etc/hyperfleet/./toy.js', config: {} },
      ])
      expect(readable).to.include({ keyRingFile: '/keys.json', tokensFile: '/tokens.json' })
      expect(readable?.serverTls).to.include({ certFile: '/server.pem', keyFile: '/server.key' })
      expect(readable?.database).to.include({ poolSize: 10 })
      const kubernetes = text.replace(/access: .*/, 'access: { type: kubernetes, kubernetes: { kubeconfig_file: /k } }')
      expect(readableOf(withFile(kubernetes))).to.include({ kubeconfigFile: '/k', tokensFile: undefined })
      expect(readableOf({ env: { HYPERFLEET_DATABASE_POOL_SIZE: '0' } })?.database).to.equal(undefined)
    })

    it('name unknown keys of every source', () => {
      expect(
        fieldsOf(withFile(`${workingFile}\nserver: { prot: 1 }\nsevrer: {}\njobs: { recovery: { every: 5 } }`)),
      ).to.have.deep.members([
        ['server.prot', 'unknown'],
        ['sevrer', 'unknown'],
        ['jobs.recovery.every', 'unknown'],
      ])
      expect(fieldsOf({ env: { HYPERFLEET_SERVER_PROT: '1' } })).to.deep.equal([['HYPERFLEET_SERVER_PROT', 'unknown']])
      expect(fieldsOf(withRegistries([{ id: 'quay', type: 'quay', confg: {} }]))).to.deep.equal([
        ['registries.0.confg', 'unknown'],
      ])
    })

    it('say where the value is to be corrected, or how a missing one is set', () => {
      expect(faultsOf({ env: { HYPERFLEET_SERVER_PORT: '70000' } })).to.deep.equal([
        {
          field: 'server.port',
          rule: 'format',
          message: 'server.port must be a whole number from 0 to 65535',
          hint: 'correct HYPERFLEET_SERVER_PORT',
        },
      ])
      expect(faultsOf({ ...withFile(workingFile.replace('id: fleet-1, ', '')) })).to.deep.equal([
        {
          field: 'deployment.id',
          rule: 'required',
          message: 'deployment.id is required',
          hint: 'set deployment.id in the file, HYPERFLEET_DEPLOYMENT_ID or --deployment-id',
        },
      ])
    })

    it('refuse what is not YAML by its place', () => {
      const [fault] = faultsOf(withFile('deployment:\n  id: [canary'))
      expect(fault).to.include({ field: 'config', rule: 'format' })
      expect(fault?.message).to.match(/line \d+, column \d+/)
    })

    it('refuse a section that is none, and pass one that is empty', () => {
      expect(fieldsOf(withFile(`${workingFile}\nserver: 8080`))).to.deep.equal([['server', 'invalid']])
      expect(fieldsOf(withFile(`${workingFile}\nserver:`))).to.deep.equal([])
    })

    it('refuse a certificate without its key, a key without its certificate, and an authority of clients alone', () => {
      const withTls = (tls: object) => withFile(`${workingFile}\nserver: ${JSON.stringify({ tls })}`)
      const [fault, ...others] = faultsOf(withTls({ cert_file: '/server.pem' }))
      expect([fault, others]).to.deep.equal([
        {
          field: 'server.tls.key_file',
          rule: 'required',
          message: 'server.tls.key_file is required: certificate and key belong together',
          hint: 'set server.tls.key_file in the file, HYPERFLEET_SERVER_TLS_KEY_FILE or --server-tls-key-file',
        },
        [],
      ])
      expect(fieldsOf(withTls({ key_file: '/server.key', client_ca_file: '/clients.pem' }))).to.deep.equal([
        ['server.tls.cert_file', 'required'],
      ])
      expect(fieldsOf(withTls({ client_ca_file: '/clients.pem' }))).to.deep.equal([
        ['server.tls.client_ca_file', 'invalid'],
      ])
      expect(fieldsOf(withTls({ cert_file: '', key_file: '/server.key' }))).to.deep.equal([
        ['server.tls.cert_file', 'format'],
      ])
    })

    it('refuse headers for traces that go nowhere, or in clear text, and what is no part or no plain address', () => {
      const withTraces = (traces: object) => withFile(`${workingFile}\ntelemetry: ${JSON.stringify({ traces })}`)
      const [endpoint, headers_file] = ['http://traces.example', '/headers']
      expect(fieldsOf(withTraces({ endpoint, ratio: 0 }))).to.deep.equal([])
      expect(fieldsOf(withTraces({ headers_file }))).to.deep.equal([['telemetry.traces.headers_file', 'invalid']])
      expect(fieldsOf(withTraces({ endpoint, headers_file }))).to.deep.equal([['telemetry.traces.endpoint', 'invalid']])
      for (const wrong of ['collector:4318', 'https://traces.example?key=1', 'https://user:word@traces.example'])
        expect(fieldsOf(withTraces({ endpoint: wrong, headers_file })), wrong).to.deep.equal([
          ['telemetry.traces.endpoint', 'format'],
        ])
      expect(fieldsOf(withTraces({ endpoint, ratio: 1.1 }))).to.deep.equal([['telemetry.traces.ratio', 'format']])
    })

    it('refuse static access outside a sandbox', () => {
      expect(fieldsOf({ env: { HYPERFLEET_DEPLOYMENT_SANDBOX: 'false' } })).to.deep.equal([['access.type', 'invalid']])
    })

    it('refuse static access without its file, and settings of the access that is not chosen', () => {
      const withAccess = (access: object) =>
        withFile(workingFile.replace(/access: .*/, `access: ${JSON.stringify(access)}`))
      expect(fieldsOf(withAccess({ type: 'static' }))).to.deep.equal([['access.tokens_file', 'required']])
      expect(
        fieldsOf(withAccess({ type: 'static', tokens_file: '/t', kubernetes: { audiences: ['hyperfleet-api'] } })),
      ).to.deep.equal([['access.kubernetes.audiences', 'invalid']])
      expect(fieldsOf(withAccess({ type: 'kubernetes', tokens_file: '/t' }))).to.deep.equal([
        ['access.tokens_file', 'invalid'],
      ])
      expect(fieldsOf(withAccess({ type: 'kubernetes', kubernetes: { audiences: [] } }))).to.deep.equal([
        ['access.kubernetes.audiences', 'format'],
      ])
    })

    it('refuse one port for two listeners, unless any port will do', () => {
      expect(fieldsOf({ flags: { 'server-metrics-port': '8080' } })).to.deep.equal([['server.metrics_port', 'invalid']])
      expect(fieldsOf({ flags: { 'server-metrics-port': '0', 'server-port': '0' } })).to.deep.equal([])
    })

    it('never repeat a value, whatever it is and whichever source holds it', () => {
      const canary = fc.stringMatching(/^[A-Za-z0-9:/@{}[\]"',#\n -]{0,20}$/).map((text) => `${text}CANARY`)
      const settingName = fc.constantFrom(
        'HYPERFLEET_DATABASE_URL',
        'HYPERFLEET_SERVER_PORT',
        'HYPERFLEET_REGISTRIES',
        'HYPERFLEET_DEPLOYMENT_ID',
        'HYPERFLEET_ERRORS_BASE_URL',
        'HYPERFLEET_SERVER_CLUSTER_ID_PATTERNS',
        'HYPERFLEET_SERVER_CLOUD_PROVIDERS',
        'HYPERFLEET_ACCESS_TYPE',
      )
      fc.assert(
        fc.property(settingName, canary, (name, value) => {
          const faults = [
            ...faultsOf({ env: { [name]: value } }),
            ...faultsOf(withFile(`database:\n  url: ${value}`)),
            ...faultsOf(withFile(value)),
            ...faultsOf(
              withRegistries([{ id: value, type: value, hosts: [value], lease_seconds: value, email: value }]),
            ),
            ...faultsOf({
              env: { HYPERFLEET_DATABASE_URL_FILE: '/url' },
              readFile: readFileOf({ '/url': `${value} ${value}` }),
            }),
          ]
          // A key of the file is named on purpose: only values are secret.
          const shown = faults.filter(({ rule }) => rule !== 'unknown')
          expect(shown).not.to.deep.equal([])
          expect(describeFaults(shown)).not.to.include('CANARY')
        }),
      )
    })
  })

  describe('registries', () => {
    it('fills in what an entry leaves open, and hands its section on undecoded', () => {
      const { registries } = configOf(
        withRegistries([
          { id: 'quay-2', type: 'quay', config: { anything: ['goes'] } },
          { id: 'rhit', type: 'rhit' },
        ]),
      )
      expect(registries[0]).to.deep.include({
        id: 'quay-2',
        type: 'quay',
        enabled: true,
        leaseSeconds: 30,
        callSeconds: 10,
        required: undefined,
        hosts: undefined,
        config: { anything: ['goes'] },
      })
      expect(registries[1]?.config).to.deep.equal({})
    })

    it('reads budgets, and refuses what is none', () => {
      const budgets = (budget: unknown) => withRegistries([{ id: 'quay', type: 'quay', budget }])
      expect(configOf(budgets({ per_minute: 300, burst: 25, share: 0.25 })).registries[0]?.budget).to.deep.equal({
        perMinute: 300,
        burst: 25,
        share: 0.25,
      })
      expect(fieldsOf(budgets({ per_minute: 0, burst: 1.5, share: 0, rate: 1 }))).to.have.deep.members([
        ['registries.0.budget.per_minute', 'format'],
        ['registries.0.budget.burst', 'format'],
        ['registries.0.budget.share', 'format'],
        ['registries.0.budget.rate', 'unknown'],
      ])
      expect(fieldsOf(budgets({ share: 1.1 }))).to.deep.equal([['registries.0.budget.share', 'format']])
    })

    it('reads proxies, and refuses what is none', () => {
      const proxies = (proxy: unknown) => withRegistries([{ id: 'quay', type: 'quay', proxy }])
      expect(
        configOf(proxies({ url: 'http://proxy.example:3128/', username: 'us', password_file: '/run/p' })).registries[0]
          ?.proxy,
      ).to.deep.equal({ url: 'http://proxy.example:3128', username: 'us', passwordFile: '/run/p' })
      expect(fieldsOf(proxies({ url: 'socks5://proxy.example', password: 'CANARY' }))).to.have.deep.members([
        ['registries.0.proxy.url', 'format'],
        ['registries.0.proxy.password', 'unknown'],
      ])
      expect(fieldsOf(proxies({ url: 'http://us:CANARY@proxy.example' }))).to.deep.equal([
        ['registries.0.proxy.url', 'format'],
      ])
    })

    it('refuses ids and hosts that occur twice', () => {
      const registries = [
        { id: 'quay', type: 'quay', hosts: ['quay.io'] },
        { id: 'quay', type: 'rhit', aliases: ['quay.io'], hosts: ['registry.redhat.io'] },
      ]
      expect(fieldsOf(withRegistries(registries))).to.have.deep.members([
        ['registries.1.id', 'invalid'],
        ['registries.1.aliases.0', 'invalid'],
      ])
    })

    it('refuses entries that break a rule', () => {
      expect(fieldsOf(withRegistries([]))).to.deep.equal([['registries', 'format']])
      expect(
        fieldsOf(
          withRegistries([
            { id: 'Quay_quay.io', type: 'quay', lease_seconds: 5, hosts: ['https://quay.io'], email: 'nobody' },
          ]),
        ),
      ).to.have.deep.members([
        ['registries.0.id', 'format'],
        ['registries.0.lease_seconds', 'format'],
        ['registries.0.hosts.0', 'format'],
        ['registries.0.email', 'format'],
      ])
    })
  })

  describe('cluster ids', () => {
    const accepts = (id: string, patterns?: string) =>
      configOf(
        patterns === undefined ? {} : { env: { HYPERFLEET_SERVER_CLUSTER_ID_PATTERNS: patterns } },
      ).server.clusterIdPatterns.some((pattern) => pattern.test(id))

    it('may be lower-case UUIDs or cls- names by default', () => {
      expect(
        ['0198c1de-7a3b-7c4d-8e5f-001122334455', 'cls-abc123', 'cls-abc123def456'].map((id) => accepts(id)),
      ).to.deep.equal([true, true, true])
      expect(
        ['0198C1DE-7A3B-7C4D-8E5F-001122334455', 'cls-abc', 'cls-abc123\n', 'x'].map((id) => accepts(id)),
      ).to.deep.equal([false, false, false, false])
    })

    it('are matched whole by patterns without anchors', () => {
      expect([
        accepts('rosa-1', '["rosa-[0-9]|x"]'),
        accepts('a-rosa-1', '["rosa-[0-9]|x"]'),
        accepts('rosa-1/..', '["rosa-[0-9]|x"]'),
      ]).to.deep.equal([true, false, false])
    })

    it('refuse a pattern that is none', () => {
      expect(fieldsOf({ env: { HYPERFLEET_SERVER_CLUSTER_ID_PATTERNS: '["("]' } })).to.deep.equal([
        ['server.cluster_id_patterns.0', 'format'],
      ])
    })
  })
})
