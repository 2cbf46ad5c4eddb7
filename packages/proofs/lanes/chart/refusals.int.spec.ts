import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { valueSets } from '../src/chart/chart-files.ts'
import { type Renderer, requireRenderer } from '../src/chart/renderer.ts'
import { mergedValues, readValues, type Values } from '../src/chart/values.ts'

describe('the chart refuses, in one sentence,', () => {
  let render: Renderer
  let folder: string | undefined

  before(function () {
    render = requireRenderer(this)
    folder = mkdtempSync(join(tmpdir(), 'pull-secret-chart-'))
  })
  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true })
  })

  const refusalOf = (values: Values): string => {
    const file = join(folder ?? '', 'values.yaml')
    // JSON is YAML too.
    writeFileSync(file, JSON.stringify(mergedValues(readValues(valueSets['per-instance'] ?? ''), values)))
    const rendered = render(file)
    return rendered.kind === 'refusal' ? rendered.sentence : 'nothing'
  }

  it('nothing where all is well', () => {
    expect(refusalOf({})).to.equal('nothing')
  })

  it('an image that nobody named', () => {
    expect(refusalOf({ image: { registry: 'CHANGE_ME' } })).to.include('set image.registry and image.repository')
    expect(refusalOf({ image: { tag: '' } })).to.include('image.tag or image.digest is required')
  })

  it('a deployment without an id', () => {
    expect(refusalOf({ config: { deployment: { id: '' } } })).to.include('config.deployment.id is required')
  })

  it('secrets in values outside a sandbox', () => {
    expect(refusalOf({ sandboxSecrets: { real: { token: 'made-up' } } })).to.include('needs config.deployment.sandbox')
  })

  it('mode global without TLS', () => {
    expect(refusalOf({ mode: 'global' })).to.include('tls.existingSecret is required')
    expect(refusalOf({ mode: 'global', config: { server: { plain_http: true } } })).to.equal('nothing')
  })

  it('to be scraped by whom its network policy keeps out', () => {
    expect(refusalOf({ serviceMonitor: { enabled: true } })).to.include('networkPolicy.scrapers is required')
    expect(refusalOf({ serviceMonitor: { enabled: true }, networkPolicy: { enabled: false } })).to.equal('nothing')
  })

  it('files of a registry without a Secret', () => {
    const registries = [{ id: 'quay', type: 'quay', secretFiles: { token_file: 'token' } }]
    expect(refusalOf({ registries })).to.include('existingSecret of registry quay is required')
  })
})
