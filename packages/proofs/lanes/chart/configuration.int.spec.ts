import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { effectiveConfig } from '@pull-secret/composition/server'
import { type Config, describeFaults, loadConfig } from '@pull-secret/config'
import { registryTypes } from '@pull-secret/registry-all'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { valueSets } from '../src/chart/chart-files.ts'
import { type Manifest, onlyManifest } from '../src/chart/manifest.ts'
import { mountedFiles, mountedFolders, type Pod, podOf, podsOf } from '../src/chart/pod.ts'
import { shownSecrets, shownValues } from '../src/chart/readme.ts'
import { manifestsBy, type Renderer, requireRenderer } from '../src/chart/renderer.ts'

const configFile = '/etc/hyperfleet/config.yaml'

const configText = (manifests: ReadonlyArray<Manifest>): string => {
  const configMap = manifests.filter(({ kind, metadata }) => kind === 'ConfigMap' && !metadata.name.includes('dash'))
  return (onlyManifest(configMap, 'ConfigMap')['data'] as Readonly<Record<string, string>>)['config.yaml'] ?? ''
}

/** What the product reads in a pod: its file, and the address of the database from what is mounted. */
const readInPod = (manifests: ReadonlyArray<Manifest>, pod: Pod): Config => {
  const mounted = new Set(mountedFiles(pod).map(({ path }) => path))
  const result = loadConfig({
    flags: {},
    env: {},
    readFile: (path) => {
      if (!mounted.has(path)) return E.left('absent')
      return E.right(path === configFile ? configText(manifests) : 'postgres://service@database.example/pull')
    },
  })
  if (E.isLeft(result)) throw new Error(describeFaults(result.left.faults))
  return result.right
}

/** Every path in a value, in depth. */
const pathsIn = (value: unknown): ReadonlyArray<string> => {
  if (typeof value === 'string') return value.startsWith('/') ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(pathsIn) : []
}

const databaseFiles = [configFile, '/etc/hyperfleet/secrets/database-url', '/etc/hyperfleet/tls/database-ca.pem']

describe('the configuration that the chart renders', () => {
  let render: Renderer
  before(function () {
    render = requireRenderer(this)
  })

  for (const [name, file] of Object.entries(valueSets))
    describe(`for ${name}`, () => {
      let manifests: ReadonlyArray<Manifest>
      before(() => {
        manifests = manifestsBy(render, file)
      })

      it('is one that the service takes, in every pod', () => {
        for (const pod of podsOf(manifests)) expect(readInPod(manifests, pod).deployment.id).not.to.equal('')
      })

      it('has a port that the service opens in this mode', () => {
        const { server } = effectiveConfig(readInPod(manifests, podOf(manifests, 'Deployment')))
        expect(server.plainHttp || server.tls !== undefined).to.equal(true)
      })

      it('has sections that the types of its registries take', async () => {
        for (const { type, config } of readInPod(manifests, podOf(manifests, 'Deployment')).registries) {
          const adapter = await registryTypes[type]?.()
          expect(adapter?.decodeConfig(config), type).to.satisfy(E.isRight)
        }
      })

      it('names files that the server mounts, and all of them', () => {
        const pod = podOf(manifests, 'Deployment')
        const mounted = mountedFiles(pod).map(({ path }) => path)
        const named = pathsIn(readInPod(manifests, pod)).filter(
          (path) => !mountedFolders(pod).some((folder) => path.startsWith(folder)),
        )
        expect([configFile, ...named]).to.have.members(mounted)
      })

      it('gives a migration the database alone', () => {
        const migrations = podsOf(manifests).filter(({ owner }) => owner === 'Job')
        for (const pod of migrations)
          expect(databaseFiles).to.include.members(mountedFiles(pod).map(({ path }) => path))
      })
    })

  it('leaves recovery to the CronJob where there is one, with all that recovery needs', () => {
    const manifests = manifestsBy(render, valueSets['distribution'] ?? '')
    const server = podOf(manifests, 'Deployment')
    const recovery = podOf(manifests, 'CronJob')
    expect(readInPod(manifests, server).jobs.recovery.intervalSeconds).to.equal(0)
    const ofServer = mountedFiles(server).filter(({ path }) => !/\/tls\/(server|clients)/.test(path))
    expect(mountedFiles(recovery)).to.deep.equal(ofServer)
    expect(mountedFolders(recovery)).to.deep.equal(mountedFolders(server))
    expect(recovery.spec.automountServiceAccountToken).to.equal(false)
  })

  it('is complete with the values and the Secrets that the README shows', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pull-secret-chart-'))
    try {
      const file = join(folder, 'values.yaml')
      writeFileSync(file, shownValues())
      const manifests = manifestsBy(render, file)
      const secrets = podsOf(manifests)
        .flatMap(mountedFiles)
        .filter(({ kind }) => kind === 'secret')
      expect(readInPod(manifests, podOf(manifests, 'Deployment')).registries).to.have.length(2)
      expect(new Set(shownSecrets())).to.deep.equal(new Set(secrets.map(({ name, key }) => `${name} ${key}`)))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('takes what the values say', () => {
    const manifests = manifestsBy(render, valueSets['global'] ?? '')
    const config = readInPod(manifests, podOf(manifests, 'Deployment'))
    expect(config.deployment).to.include({ mode: 'global', id: 'fleet-global' })
    expect(config.access).to.deep.include({ type: 'kubernetes', audiences: ['hyperfleet-api'] })
    expect(config.database.preparedStatements).to.equal(false)
    expect(config.server).to.deep.include({ port: 8080, metricsPort: 8081, shutdownSeconds: 40 })
    expect(config.telemetry.traces).to.deep.equal({
      endpoint: 'https://traces.example.com:4318',
      ratio: 0.01,
      headersFile: '/etc/hyperfleet/secrets/trace-headers',
    })
    expect(config.registries.map(({ id, caFile }) => [id, caFile])).to.deep.equal([
      ['quay', undefined],
      ['rhit', '/etc/hyperfleet/registries/rhit/ca_file'],
    ])
  })
})
