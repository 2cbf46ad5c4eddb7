import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { openStage, type Stage } from '../src/stage/open-stage.ts'
import { type Pooler, poolerProgram, startPooler } from '../src/stage/pooler.ts'
import { documentEntries, parsePullSecretAnswer } from '../src/stage/pull-secret-answer.ts'
import { requirePrograms } from '../src/stage/require-programs.ts'
import { type CallerAnswer, makeServiceCaller, pullSecretPath } from '../src/stage/service-caller.ts'
import type { ServiceProcess } from '../src/stage/service-process.ts'

const callers = 200
const times = { leaseSeconds: 12, callSeconds: 10, landingWindowSeconds: 2, recoverySeconds: 0 }

const statuses = (answers: ReadonlyArray<CallerAnswer>): ReadonlyArray<string> => [
  ...new Set(answers.map((answer) => String(answer?.status))),
]

const objectsAtVendors = ({ quay, rhit, folder }: Stage) => ({
  quay: quay.robots().filter(({ description }) => !description.endsWith('/control')).length,
  rhit: rhit
    .serviceAccounts()
    .filter(({ deletedAt, description }) => deletedAt === null && !description.endsWith('/control')).length,
  plain: readFileSync(folder.htpasswdFile, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('hyp-')).length,
})

const promises = (open: () => { readonly stage: Stage; readonly replicas: ReadonlyArray<ServiceProcess> }): void => {
  const ask = (clusterId: string, method: 'GET' | 'POST' | 'DELETE', index: number): Promise<CallerAnswer> => {
    const { stage, replicas } = open()
    const url = replicas[index % replicas.length]?.url ?? ''
    return makeServiceCaller(stage.folder)(url, {
      method,
      path: pullSecretPath(clusterId),
      ...(method === 'POST' ? { body: {} } : {}),
    })
  }

  it('gives 200 simultaneous callers one credential per registry and identical answers', async () => {
    const answers = await Promise.all(Array.from({ length: callers }, (_, index) => ask('cls-together', 'POST', index)))
    expect(statuses(answers)).to.deep.equal(['200'])
    const secrets = answers.map((answer) => parsePullSecretAnswer(answer?.text ?? ''))
    const distinct = new Set(
      secrets.map((secret) => JSON.stringify([secret.dockerconfigjson, secret.fingerprint, secret.fingerprint_key])),
    )
    expect(distinct.size).to.equal(1)
    expect(documentEntries(secrets[0]?.dockerconfigjson ?? '').map(({ host }) => host)).to.have.members([
      'quay.io',
      'cloud.openshift.com',
      'registry.redhat.io',
      'registry.connect.redhat.com',
      open().stage.plainHost,
    ])
    expect(objectsAtVendors(open().stage)).to.deep.equal({ quay: 1, rhit: 1, plain: 1 })
  })

  it('shows every replica what another one published, and hides from every one what another one deleted', async () => {
    const [written] = await Promise.all([ask('cls-shared', 'POST', 0)])
    const read = await ask('cls-shared', 'GET', 1)
    expect(parsePullSecretAnswer(read?.text ?? '').dockerconfigjson).to.equal(
      parsePullSecretAnswer(written?.text ?? '').dockerconfigjson,
    )
    expect((await ask('cls-shared', 'DELETE', 1))?.status).to.be.oneOf([202, 204])
    expect((await ask('cls-shared', 'GET', 0))?.status).to.equal(404)
  })
}

describe('two processes of the service on one database', () => {
  let stage: Stage | undefined
  let replicas: ReadonlyArray<ServiceProcess> = []
  let pooler: Pooler | undefined

  const opened = () => {
    if (stage === undefined) throw new Error('not open')
    return { stage, replicas }
  }

  const close = async (): Promise<void> => {
    const closing = stage
    stage = undefined
    await pooler?.stop()
    pooler = undefined
    expect((await closing?.close()) ?? [], 'left behind').to.deep.equal([])
  }

  describe('reached directly', () => {
    after(close)
    before(async () => {
      stage = await openStage({ times })
      replicas = [await stage.startService(), await stage.startService()]
    })
    promises(opened)
  })

  describe('reached through PgBouncer in transaction mode', () => {
    after(close)
    before(async function () {
      requirePrograms(this, poolerProgram)
      stage = await openStage({ times })
      pooler = await startPooler(stage.databaseUrl, stage.folder.path)
      const access = { databaseUrl: pooler.url, preparedStatements: false }
      replicas = [await stage.startService(access), await stage.startService(access)]
    })
    promises(opened)

    it('uses the pooler for its transactions', async () => {
      const { stage: open } = opened()
      await makeServiceCaller(open.folder)(replicas[0]?.url ?? '', {
        method: 'POST',
        path: pullSecretPath('cls-pooled'),
        body: {},
      })
      expect(await pooler?.transactions()).to.be.greaterThan(10)
    })
  })
})
