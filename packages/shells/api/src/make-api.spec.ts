import { apiOperations, type GenerateBody, pullSecretBody } from '@pull-secret/wire'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { anApi, caller } from '../test/an-api.ts'

const parameters = { cluster_id: 'cls-abc123' }

/** What a refused request says; fails for a request that was not refused. */
const refusalOf = async (answer: () => Promise<E.Either<object, unknown>>): Promise<object> => {
  const result = await answer()
  if (E.isRight(result)) throw new Error('the request was not refused')
  return result.left
}

describe('the API', () => {
  it('has every operation of the wire table', () => {
    expect(Object.keys(anApi().api)).to.have.members(Object.keys(apiOperations))
  })

  it("takes a request to its use case and words the answer as the operation's codec reads it", async () => {
    const { api, tables } = anApi()
    const body: GenerateBody = { cluster_id: 'cls-abc123', cloud_provider: 'gcp', region: 'us-east1' }
    const generated = await api.generatePullSecret({ parameters, body }, caller)()
    if (E.isLeft(generated)) throw new Error(generated.left.code)
    expect(generated.right.status).to.equal(200)
    expect(pullSecretBody.is(generated.right.body)).to.equal(true)
    const retrieved = await api.retrievePullSecret({ parameters, query: { include_metadata: 'true' } }, caller)()
    if (E.isLeft(retrieved)) throw new Error(retrieved.left.code)
    expect(retrieved.right.body).to.deep.include({ fingerprint: generated.right.body.fingerprint, incarnation: 1 })
    const [written] = tables.audit.get('cls-abc123') ?? []
    expect(written?.record).to.deep.include({ ...caller, reason: 'cluster_provisioning' })
  })

  it('takes no cluster id that matches none of the patterns, or is too long for any', async () => {
    const { api, tables } = anApi()
    for (const cluster_id of ['other-abc123', 'cls-ABC123', `cls-${'a'.repeat(61)}`, '']) {
      const request = { parameters: { cluster_id }, body: {} }
      const named = { code: 'INVALID_INPUT', field: 'cluster_id', rule: 'format' }
      expect(await refusalOf(api.generatePullSecret(request, caller))).to.include(named)
      expect(await refusalOf(api.retrievePullSecret(request, caller))).to.include(named)
      expect(await refusalOf(api.deletePullSecret(request, caller))).to.include(named)
      expect(await refusalOf(api.showCluster(request, caller))).to.include(named)
      const held = { parameters: { cluster_id }, body: { fingerprint: 'a'.repeat(64) } }
      expect(await refusalOf(api.verifyPullSecret(held, caller))).to.include(named)
    }
    expect([...tables.clusters.keys()]).to.deep.equal([])
  })

  it('takes no body that names another cluster than the path', async () => {
    const { api } = anApi()
    expect(
      await refusalOf(api.generatePullSecret({ parameters, body: { cluster_id: 'cls-other1' } }, caller)),
    ).to.include({ code: 'INVALID_INPUT', field: 'cluster_id', rule: 'invalid' })
  })

  it('takes the cloud providers of the deployment alone, and names them', async () => {
    const { api } = anApi()
    expect(
      await refusalOf(api.generatePullSecret({ parameters, body: { cloud_provider: 'azure' } }, caller)),
    ).to.deep.include({ code: 'INVALID_INPUT', field: 'cloud_provider', validValues: ['gcp', 'aws'] })
  })

  it('reads query and body by the codecs of the operation, and by those alone', async () => {
    const { api } = anApi()
    const unknown = { code: 'MISMATCHED' }
    expect(await refusalOf(api.generatePullSecret({ parameters, body: { colour: 'red' } }, caller))).to.include(unknown)
    expect(await refusalOf(api.deletePullSecret({ parameters, query: { incarnatoin: '1' } }, caller))).to.include(
      unknown,
    )
    const answer = await api.listRegistries({ parameters: {}, body: { colour: 'red' } }, caller)()
    expect(E.isRight(answer)).to.equal(true)
  })

  it('takes no value that is too large to read closely, and reports at most twenty mismatches', async () => {
    const { api } = anApi()
    const large = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`field-${String(index)}`, 1]))
    expect(await refusalOf(api.generatePullSecret({ parameters, body: large }, caller))).to.deep.include({
      mismatches: [{ field: '', rule: 'invalid', message: 'the value must have at most 1000 members' }],
    })
    const wrong = Object.fromEntries(Object.entries(large).slice(0, 900))
    expect(await refusalOf(api.generatePullSecret({ parameters, body: wrong }, caller)))
      .to.have.property('mismatches')
      .with.length(20)
  })

  it('runs a job that exists on behalf of the caller, and names the jobs when asked for another', async () => {
    const { api, jobs } = anApi()
    const ran = await api.runJob({ parameters: { name: 'recovery' } }, caller)()
    expect(ran).to.deep.equal(
      E.right({
        status: 200,
        body: {
          job: 'recovery',
          finished: true,
          summary: { rows: 0, done: 0, waiting: 0, refused: 0, stuck: 0, clusters: 0, failed: 0 },
        },
      }),
    )
    expect(jobs).to.deep.equal([['recovery', { ...caller, reason: 'manual' }]])
    expect(await refusalOf(api.runJob({ parameters: { name: 'tidying' } }, caller))).to.deep.include({
      code: 'INVALID_INPUT',
      field: 'name',
      validValues: ['recovery'],
    })
    expect(jobs).to.have.length(1)
  })

  it('answers a deletion with no body once it is proved, and with the state of each registry until then', async () => {
    const { api } = anApi({ deletion: { kind: 'absent_unproved' } })
    const unused = await api.deletePullSecret({ parameters: { cluster_id: 'cls-unused1' } }, caller)()
    expect(unused).to.deep.equal(E.right({ status: 204, body: undefined }))
    await api.generatePullSecret({ parameters, body: {} }, caller)()
    const deleting = await api.deletePullSecret({ parameters }, caller)()
    expect(deleting).to.have.nested.property('right.status', 202)
    expect(deleting).to.have.nested.property('right.body.registries.quay')
  })
})
