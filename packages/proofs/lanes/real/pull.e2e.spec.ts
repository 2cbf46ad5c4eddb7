import { join } from 'node:path'
import { expect } from 'chai'
import { freePort } from '../src/stage/free-port.ts'
import { openStage, type Stage } from '../src/stage/open-stage.ts'
import { parsePullSecretAnswer } from '../src/stage/pull-secret-answer.ts'
import { type RealRegistry, registryProgram, startRealRegistry } from '../src/stage/real-registry.ts'
import { requirePrograms } from '../src/stage/require-programs.ts'
import { makeServiceCaller, pullSecretPath } from '../src/stage/service-caller.ts'
import type { ServiceProcess } from '../src/stage/service-process.ts'
import { clientProgram, makeCopyImage } from '../src/stage/skopeo.ts'
import { writeTinyImage } from '../src/stage/tiny-image.ts'
import { until } from '../src/stage/until.ts'

const times = { leaseSeconds: 12, callSeconds: 10, landingWindowSeconds: 0, recoverySeconds: 1 }
const provedSeconds = 60

describe('a real registry and a real client', function () {
  let stage: Stage | undefined
  let registry: RealRegistry | undefined
  let service: ServiceProcess | undefined

  before(async function () {
    requirePrograms(this, registryProgram, clientProgram)
    const port = await freePort()
    stage = await openStage({ times, plainHost: `127.0.0.1:${String(port)}` })
    registry = await startRealRegistry(stage.folder, port)
    service = await stage.startService()
  })

  after(async () => {
    await registry?.stop()
    expect((await stage?.close()) ?? [], 'left behind').to.deep.equal([])
  })

  const opened = () => {
    if (stage === undefined || service === undefined) throw new Error('not open')
    const { folder, plainHost } = stage
    const inFolder = (name: string): string => join(folder.path, name)
    const ask = makeServiceCaller(folder)
    const { url } = service
    return {
      folder,
      plainHost,
      inFolder,
      image: `docker://${plainHost}/tiny:1`,
      copyImage: makeCopyImage(inFolder('client')),
      call: (method: 'GET' | 'POST' | 'DELETE', clusterId: string) =>
        ask(url, { method, path: pullSecretPath(clusterId), ...(method === 'POST' ? { body: {} } : {}) }),
    }
  }

  it('pulls with exactly the document that the service generated, until the cluster is deleted', async () => {
    const { folder, plainHost, inFolder, image, copyImage, call } = opened()
    const somebodysAuth = Buffer.from(`${folder.somebody.username}:${folder.somebody.password}`).toString('base64')
    writeTinyImage(inFolder('tiny'))
    const pushed = await copyImage({
      from: `oci:${inFolder('tiny')}:1`,
      to: image,
      authFile: JSON.stringify({ auths: { [plainHost]: { auth: somebodysAuth } } }),
    })
    expect(pushed.isCopied, pushed.said).to.equal(true)

    const unauthorized = await copyImage({
      from: image,
      to: `dir:${inFolder('pulled-without')}`,
      authFile: '{"auths":{}}',
    })
    expect(unauthorized.isCopied).to.equal(false)

    const generated = await call('POST', 'cls-pulls1')
    expect(generated?.status).to.equal(200)
    const { dockerconfigjson } = parsePullSecretAnswer(generated?.text ?? '')
    expect(Object.keys((JSON.parse(dockerconfigjson) as { auths: object }).auths)).to.include.members([
      'quay.io',
      'registry.redhat.io',
      plainHost,
    ])
    const pulled = await copyImage({ from: image, to: `dir:${inFolder('pulled')}`, authFile: dockerconfigjson })
    expect(pulled.isCopied, pulled.said).to.equal(true)

    expect((await call('DELETE', 'cls-pulls1'))?.status).to.be.oneOf([202, 204])
    const refused = await copyImage({ from: image, to: `dir:${inFolder('refused')}`, authFile: dockerconfigjson })
    expect(refused.isCopied).to.equal(false)
    expect(refused.said).to.match(/unauthorized|authentication required/i)
  })

  it('leaves another cluster and another user pulling when a cluster is deleted', async () => {
    const { folder, plainHost, inFolder, image, copyImage, call } = opened()
    const kept = parsePullSecretAnswer((await call('POST', 'cls-kept01'))?.text ?? '')
    await call('POST', 'cls-gone01')
    const isDeleted = async (): Promise<boolean> => (await call('DELETE', 'cls-gone01'))?.status === 204
    await until(isDeleted, provedSeconds, () => 'the deletion was never proved')
    const pulled = await copyImage({
      from: image,
      to: `dir:${inFolder('pulled-by-other')}`,
      authFile: kept.dockerconfigjson,
    })
    expect(pulled.isCopied, pulled.said).to.equal(true)
    const auth = Buffer.from(`${folder.somebody.username}:${folder.somebody.password}`).toString('base64')
    const bySomebody = await copyImage({
      from: image,
      to: `dir:${inFolder('pulled-by-somebody')}`,
      authFile: JSON.stringify({ auths: { [plainHost]: { auth } } }),
    })
    expect(bySomebody.isCopied, bySomebody.said).to.equal(true)
  })
})
