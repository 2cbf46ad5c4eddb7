import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Operation, operations } from '@pull-secret/wire'
import { expect } from 'chai'
import { chartFolder, valueSets } from '../src/chart/chart-files.ts'
import { type Manifest, manifestsOf, onlyManifest, parseManifests } from '../src/chart/manifest.ts'
import { mountedFiles, type Pod, podOf, podsOf } from '../src/chart/pod.ts'
import { manifestsBy, type Renderer, requireRenderer } from '../src/chart/renderer.ts'
import { mergedValues, readValues, type Values } from '../src/chart/values.ts'

type Labels = Readonly<Record<string, string>>

interface Spec {
  readonly type?: string
  readonly replicas?: number
  readonly minReplicas?: number
  readonly selector: Labels & { readonly matchLabels: Labels }
  readonly podSelector: { readonly matchLabels: Labels }
  readonly ports: ReadonlyArray<{ readonly name: string; readonly port: number }>
  readonly egress: ReadonlyArray<{ readonly ports: ReadonlyArray<{ readonly port: number }> }>
  readonly scaleTargetRef: unknown
}

interface Rule {
  readonly apiGroups: ReadonlyArray<string>
  readonly resources: ReadonlyArray<string>
  readonly verbs: ReadonlyArray<string>
}

const specOf = (manifest: Manifest): Spec => manifest['spec'] as Spec
const labelsOf = ({ metadata }: Manifest): Labels => metadata['labels'] as Labels
const selects = (selector: Labels, labels: Labels): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value)

const table: Readonly<Record<string, Operation>> = operations
/** `get clusters/pull-secrets`, as Kubernetes is asked. */
const neededRights = new Set(
  Object.values(table).flatMap(({ path, permission }) => {
    if (permission === 'anonymous') return []
    const { verb, resource } = permission
    return [
      path.includes('{cluster_id}') && resource !== 'clusters' ? `${verb} clusters/${resource}` : `${verb} ${resource}`,
    ]
  }),
)

const rightsOf = (role: Manifest): ReadonlyArray<string> =>
  (role['rules'] as ReadonlyArray<Rule>).flatMap(({ resources, verbs }) =>
    resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}`)),
  )

describe('the objects that the chart renders', () => {
  let render: Renderer
  let folder: string | undefined
  const rendered: Record<string, ReadonlyArray<Manifest>> = {}
  const of = (name: string): ReadonlyArray<Manifest> => rendered[name] ?? []
  const each = (check: (manifests: ReadonlyArray<Manifest>, name: string) => void): void =>
    Object.entries(rendered).forEach(([name, manifests]) => check(manifests, name))

  before(function () {
    render = requireRenderer(this)
    folder = mkdtempSync(join(tmpdir(), 'pull-secret-chart-'))
    for (const [name, file] of Object.entries(valueSets)) rendered[name] = manifestsBy(render, file)
  })
  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true })
  })

  const withValues = (values: Values): ReadonlyArray<Manifest> => {
    const file = join(folder ?? '', 'values.yaml')
    writeFileSync(file, JSON.stringify(mergedValues(readValues(valueSets['per-instance'] ?? ''), values)))
    return manifestsBy(render, file)
  }

  it('have the names and ports of the first design', () => {
    const [service] = manifestsOf(of('per-instance'), 'Service')
    expect(service?.metadata.name).to.equal('pull-secret-service')
    expect(service && specOf(service).ports.map(({ port }) => port)).to.deep.equal([80, 8081])
    const inDesign = ['quay-credentials token', 'rhit-credentials cert', 'rhit-credentials key']
    const ofDatabase = ['pull-secret-service-db url', 'pull-secret-service-db encryption_key']
    const secrets = mountedFiles(podOf(of('per-instance'), 'Deployment')).filter(({ kind }) => kind === 'secret')
    expect(secrets.map(({ name, key }) => `${name} ${key}`)).to.have.members([...inDesign, ...ofDatabase])
  })

  it('let nobody outside reach the metrics of a global service', () => {
    const services = manifestsOf(of('global'), 'Service').map((service) => {
      const { type = 'ClusterIP', ports } = specOf(service)
      return [service.metadata.name, type, ...ports.map(({ port }) => port)]
    })
    expect(services).to.deep.equal([
      ['pull-secret-service-global', 'LoadBalancer', 443],
      ['pull-secret-service-global-metrics', 'ClusterIP', 8081],
    ])
  })

  it('select the pods of the server, and never those of a Job', () => {
    each((manifests, name) => {
      const server = podOf(manifests, 'Deployment').metadata.labels
      const jobs = podsOf(manifests).filter(({ owner }) => owner !== 'Deployment')
      const selectors = [
        ...manifestsOf(manifests, 'Service').map((one) => specOf(one).selector),
        ...['Deployment', 'PodDisruptionBudget'].flatMap((kind) =>
          manifestsOf(manifests, kind).map((one) => specOf(one).selector.matchLabels),
        ),
      ]
      for (const selector of selectors) {
        expect(selects(selector, server), name).to.equal(true)
        expect(jobs.some((pod) => selects(selector, pod.metadata.labels))).to.equal(false)
      }
    })
  })

  it('keep every pod to the network policy', () => {
    each((manifests) => {
      for (const policy of manifestsOf(manifests, 'NetworkPolicy'))
        for (const pod of podsOf(manifests))
          expect(selects(specOf(policy).podSelector.matchLabels, pod.metadata.labels), pod.owner).to.equal(true)
    })
  })

  it('open the ports of the database, the registries and the API server, and no others', () => {
    const portsOf = (name: string): ReadonlyArray<number> =>
      specOf(onlyManifest(of(name), 'NetworkPolicy')).egress.flatMap(({ ports }) => ports.map(({ port }) => port))
    expect(new Set(portsOf('per-instance'))).to.deep.equal(new Set([53, 5353, 5432, 443, 6443]))
    expect(new Set(portsOf('distribution'))).to.deep.equal(new Set([53, 5353, 5432, 443, 8443, 6443]))
    expect(portsOf('global')).to.include(6432).and.not.include(5432)
  })

  it('open the port of the receiver of traces where there are traces', () => {
    const rulesOf = (manifests: ReadonlyArray<Manifest>) => specOf(onlyManifest(manifests, 'NetworkPolicy')).egress
    const to = [{ ipBlock: { cidr: '203.0.113.7/32' } }]
    expect(rulesOf(of('global'))).to.deep.include({ ports: [{ protocol: 'TCP', port: 4318 }], to })
    const traced = withValues({ config: { telemetry: { traces: { endpoint: 'http://collector.observability' } } } })
    expect(rulesOf(traced)).to.deep.include({ ports: [{ protocol: 'TCP', port: 80 }] })
  })

  it('have one Service with metrics for the ServiceMonitor', () => {
    const [monitor] = manifestsOf(of('global'), 'ServiceMonitor')
    const found = manifestsOf(of('global'), 'Service').filter(
      (service) => monitor !== undefined && selects(specOf(monitor).selector.matchLabels, labelsOf(service)),
    )
    expect(found.map((service) => specOf(service).ports.map(({ name }) => name))).to.deep.equal([['metrics']])
  })

  it('leave the number of replicas to the autoscaler where there is one', () => {
    const least = (name: string): unknown => specOf(onlyManifest(of(name), 'HorizontalPodAutoscaler')).minReplicas
    expect([least('per-instance'), least('global')]).to.deep.equal([3, 5])
    expect(specOf(onlyManifest(of('global'), 'Deployment')).replicas).to.equal(undefined)
    expect(specOf(onlyManifest(of('distribution'), 'Deployment')).replicas).to.equal(2)
  })

  it('probe the way the port speaks', () => {
    const probes = (name: string): string => JSON.stringify(podOf(of(name), 'Deployment').spec.containers)
    expect(probes('per-instance')).to.include('"scheme":"HTTP"')
    expect(probes('global')).to.include('"scheme":"HTTPS"')
    expect(probes('distribution')).to.include('"tcpSocket"').and.not.include('httpGet')
  })

  it('give pods no more than they need', () => {
    each((manifests) => {
      for (const pod of podsOf(manifests)) {
        const text = JSON.stringify(pod.spec)
        for (const right of ['"readOnlyRootFilesystem":true', '"allowPrivilegeEscalation":false', '"drop":["ALL"]'])
          expect(text).to.include(right)
        expect(text)
          .to.include('"runAsNonRoot":true')
          .and.include('"type":"RuntimeDefault"')
          .and.not.include('secretKeyRef')
        const { defaultMode } = pod.spec.volumes.find(({ projected }) => projected !== undefined)?.projected ?? {}
        expect(defaultMode).to.equal(0o440)
      }
    })
  })

  it('grant what the operations of the service need, and nothing that it does not know', () => {
    const roles = manifestsOf(of('per-instance'), 'ClusterRole')
    expect(new Set(roles.flatMap(rightsOf))).to.deep.equal(neededRights)
    const [adapter = [], viewer = [], operator = []] = roles.map(rightsOf)
    expect(operator)
      .to.include.members([...viewer])
      .and.not.include('get clusters/pull-secrets')
    expect(adapter).to.have.members(['get', 'create', 'delete'].map((verb) => `${verb} clusters/pull-secrets`))
  })

  it('bind the adapters, and the service to ask about callers', () => {
    const bindings = manifestsOf(of('per-instance'), 'ClusterRoleBinding').map(({ metadata }) => metadata.name)
    expect(bindings).to.have.members([
      ...['gcp', 'aws', 'azure'].map((cloud) => `${cloud}-adapter-pull-secret-access`),
      'hyperfleet-system-pull-secret-service-auth-delegator',
    ])
    expect(manifestsOf(of('sandbox'), 'ClusterRoleBinding')).to.deep.equal([])
  })

  it('restart pods for another configuration, and not for what they follow by themselves', () => {
    const checksum = (values: Values): unknown => {
      const { metadata } = podOf(withValues(values), 'Deployment') as Pod & {
        readonly metadata: { readonly annotations: Labels }
      }
      return metadata.annotations['checksum/config']
    }
    expect(checksum({ replicaCount: 4 })).to.equal(checksum({}))
    expect(checksum({ config: { server: { body_limit_bytes: 2048 } } })).not.to.equal(checksum({}))
  })

  it('migrate by another Job whenever its pod is another, because a Job cannot be changed', () => {
    const changes = [{}, {}, { image: { tag: '0.2.0' } }, { podLabels: { team: 'a' } }, { resources: { limits: null } }]
    const jobs = changes.map((values) => onlyManifest(withValues(values), 'Job').metadata.name)
    expect(new Set(jobs).size).to.equal(4)
  })

  it('find the Secrets that they mount among those of a sandbox', () => {
    const made = manifestsOf(of('sandbox'), 'Secret').flatMap((secret) =>
      Object.keys(secret['stringData'] as Labels).map((key) => `${secret.metadata.name} ${key}`),
    )
    const read = podsOf(of('sandbox'))
      .flatMap(mountedFiles)
      .filter(({ kind }) => kind === 'secret')
    expect(made).to.include.members(read.map(({ name, key }) => `${name} ${key}`))
  })

  it('find them in the examples for External Secrets', () => {
    const examples = parseManifests(readFileSync(join(chartFolder, 'examples/external-secrets.yaml'), 'utf8'))
    const made = examples.flatMap((manifest) => {
      const { target, data } = manifest['spec'] as {
        readonly target: { readonly name: string }
        readonly data: ReadonlyArray<{ readonly secretKey: string }>
      }
      return data.map(({ secretKey }) => `${target.name} ${secretKey}`)
    })
    const read = [...podsOf(of('per-instance')), ...podsOf(of('global'))]
      .flatMap(mountedFiles)
      .filter(({ kind }) => kind === 'secret')
    expect(new Set(made)).to.deep.equal(new Set(read.map(({ name, key }) => `${name} ${key}`)))
  })
})
