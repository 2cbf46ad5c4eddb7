import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@pull-secret/workbench'
import { expect } from 'chai'
import { parseAllDocuments } from 'yaml'
import { openStage, type Stage } from '../src/stage/open-stage.ts'

interface Webhook {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly secrets: ReadonlyArray<{ readonly name: string; readonly secretRef: object }>
  readonly result: { readonly jsonPath: string }
}

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly labels?: object }
  readonly spec: {
    readonly provider: { readonly webhook: Webhook }
    readonly target: { readonly creationPolicy: string; readonly deletionPolicy: string }
    readonly data: ReadonlyArray<{ readonly secretKey: string; readonly remoteRef: { readonly key: string } }>
  }
}

const file = join(repositoryRoot, 'packages/helm-chart/examples/cluster-pull-secret.yaml')
const manifests = parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as Manifest)
const of = (kind: string): Manifest => {
  const found = manifests.find((manifest) => manifest.kind === kind)
  if (found === undefined) throw new Error(`no ${kind} in the manifests`)
  return found
}

const times = { leaseSeconds: 6, callSeconds: 1, landingWindowSeconds: 0, recoverySeconds: 1 }

/** As the provider fills its templates: what comes into the address is escaped, what comes into a header is not. */
const filled = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replaceAll(/\{\{ \.([\w.]+) \}\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`nothing fills ${name}`)
    return value
  })

describe('the manifests for External Secrets', () => {
  const { webhook } = of('ClusterSecretStore').spec.provider
  const { target, data } = of('ExternalSecret').spec
  let stage: Stage | undefined
  let url = ''
  let token = ''

  before(async () => {
    stage = await openStage({ times })
    url = (await stage.startService()).url
    token = stage.folder.callerToken
  })
  after(() => stage?.close())

  const ask = (key: string): Promise<Response> =>
    fetch(filled(webhook.url, { 'remoteRef.key': encodeURIComponent(key) }).replace(/^http:\/\/[^/]+/, url), {
      method: webhook.method,
      headers: Object.fromEntries(
        Object.entries(webhook.headers).map(([name, value]) => [name, filled(value, { 'reader.token': token })]),
      ),
    })

  it('ask for the document as the service answers it, byte for byte', async () => {
    const [{ secretKey, remoteRef } = { secretKey: '', remoteRef: { key: '' } }] = data
    const path = `${url}/v1/clusters/${remoteRef.key}/pull-secrets`
    const made = await fetch(path, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
    expect(made.status).to.equal(200)
    const answer = await ask(remoteRef.key)
    const body = (await answer.json()) as Readonly<Record<string, string>>
    expect([secretKey, answer.status]).to.deep.equal(['.dockerconfigjson', 200])
    const [, field = ''] = /^\$\.(\w+)$/.exec(webhook.result.jsonPath) ?? []
    expect(body[field]).to.equal(((await made.json()) as { readonly dockerconfigjson: string }).dockerconfigjson)
  })

  it('keep a Secret whatever the service says', async () => {
    expect((await ask('cls-nobody1')).status).to.equal(404)
    expect(target).to.include({ creationPolicy: 'Orphan', deletionPolicy: 'Retain' })
    expect(readFileSync(file, 'utf8')).not.to.match(/deletionPolicy: *Delete/)
  })

  it('let the provider read the token, and nothing else', () => {
    expect(of('Secret').metadata.labels).to.include({ 'external-secrets.io/type': 'webhook' })
    const [reference] = webhook.secrets.map(({ secretRef }) => secretRef)
    expect(reference).to.include({ name: of('Secret').metadata.name })
  })
})
