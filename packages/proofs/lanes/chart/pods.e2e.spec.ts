import { once } from 'node:events'
import { createWriteStream, mkdirSync, readFileSync, writeFileSync, type WriteStream } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { valueSets } from '../src/chart/chart-files.ts'
import { type Manifest, textsOf } from '../src/chart/manifest.ts'
import { mountedFiles, type Pod, podOf } from '../src/chart/pod.ts'
import { manifestsBy, requireRenderer } from '../src/chart/renderer.ts'
import { mergedValues, readValues } from '../src/chart/values.ts'
import { startChildProgram } from '../src/stage/child-program.ts'
import { openStage, type Stage } from '../src/stage/open-stage.ts'
import { makeServiceCaller, pullSecretPath } from '../src/stage/service-caller.ts'
import { serviceCommand, startServiceProcess } from '../src/stage/service-process.ts'

const times = { leaseSeconds: 12, callSeconds: 10, landingWindowSeconds: 2, recoverySeconds: 0 }
const mountPath = '/etc/hyperfleet'
/** The ports of a pod are its own; here others may have them. */
const settings = {
  HYPERFLEET_SERVER_PORT: '0',
  HYPERFLEET_SERVER_METRICS_PORT: '0',
  HYPERFLEET_SERVER_HOST: '127.0.0.1',
}

describe('the pods of the chart, with the files that each of them mounts and no others,', () => {
  let stage: Stage
  let manifests: ReadonlyArray<Manifest>
  let log: WriteStream
  const opened: Array<() => Promise<unknown>> = []

  /** A sandbox on the database and the vendor of the stage. */
  const sandboxValues = ({ folder, quay, databaseUrl }: Stage) => {
    const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8')
    const texts = {
      url: databaseUrl,
      'key-ring.json': read('key-ring.json'),
      'tokens.json': read('tokens.json'),
      'quay-token': read('quay.token'),
    }
    return mergedValues(readValues(valueSets['sandbox'] ?? ''), {
      sandboxSecrets: { sandbox: texts },
      recovery: { cronJob: { enabled: true } },
      registries: [
        {
          id: 'quay',
          type: 'quay',
          existingSecret: 'sandbox',
          secretFiles: { token_file: 'quay-token' },
          config: { base_url: quay.url, organization: 'acme' },
        },
      ],
    })
  }

  before(async function () {
    const render = requireRenderer(this)
    stage = await openStage({ times })
    opened.push(() => stage.close())
    log = createWriteStream(join(stage.folder.path, 'pods.log'))
    opened.push(() => once(log.end(), 'close'))
    const valuesFile = join(stage.folder.path, 'values.yaml')
    writeFileSync(valuesFile, JSON.stringify(sandboxValues(stage)))
    manifests = manifestsBy(render, valuesFile)
  })
  after(async () => {
    for (const close of opened.splice(0).reverse()) await close()
  })

  /** Writes what a pod mounts into a folder of its own; returns its configuration. */
  const layOut = (pod: Pod): string => {
    const root = join(stage.folder.path, pod.owner)
    for (const { path, name, key, kind } of mountedFiles(pod)) {
      const source = manifests.find(
        (one) => one.kind.toLowerCase() === kind.toLowerCase() && one.metadata.name === name,
      )
      const text = source === undefined ? undefined : textsOf(source)[key]
      if (text === undefined) throw new Error(`nothing has the key ${key} of ${name}`)
      const file = join(root, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text.replaceAll(mountPath, join(root, mountPath)), { mode: 0o400 })
    }
    return join(root, mountPath, 'config.yaml')
  }

  const run = async (pod: Pod): Promise<number | undefined> => {
    const child = await startChildProgram({
      program: process.execPath,
      args: [serviceCommand, ...pod.spec.containers[0].args],
      env: { PATH: process.env['PATH'] ?? '', HYPERFLEET_CONFIG: layOut(pod) },
      onLine: (line) => log.write(`${line}\n`),
    })
    return child.ended()
  }

  it('migrate, serve, and recover', async () => {
    expect(await run(podOf(manifests, 'Job')), 'the migration').to.equal(0)
    const server = podOf(manifests, 'Deployment')
    const service = await startServiceProcess({
      configFile: layOut(server),
      args: server.spec.containers[0].args,
      settings,
      log,
      compileCache: join(stage.folder.path, 'compiled'),
    })
    opened.push(() => service.kill())
    const answer = await makeServiceCaller(stage.folder)(service.url, {
      method: 'POST',
      path: pullSecretPath('cls-chart3'),
      body: {},
    })
    expect(answer?.status).to.equal(200)
    expect(await run(podOf(manifests, 'CronJob')), 'recovery').to.equal(0)
  })
})
