import type { UseCases } from '@pull-secret/application'
import type { SpanStart } from '@pull-secret/telemetry'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import { aRecordingTracer } from '../test/a-recording-tracer.ts'
import { tracedUseCases } from './traced-use-cases.ts'

const cause = { subject: 'adapter', reason: 'spec', traceId: '0af7651916cd43dd8448eb211c80319c' }
const clusterId = 'cls-abc123'

const failure = E.left({ code: 'LEDGER_UNAVAILABLE' })
const failing = () => () => Promise.resolve(failure)

/** Every one of them fails in the same way. */
const useCases = {
  ...Object.fromEntries(
    ['generate', 'retrieve', 'verify', 'remove', 'recover', 'checkRegistries', 'adoptSharedObject'].map((name) => [
      name,
      failing,
    ]),
  ),
  list: { clusters: failing, cluster: failing, troubled: failing, audit: failing, replicas: failing() },
  start: failing(),
  inspectStart: failing(),
} as unknown as UseCases

const calls: ReadonlyArray<readonly [string, (of: UseCases) => Task<unknown>, Partial<SpanStart>]> = [
  ['generate', (of) => of.generate({ clusterId, cause }), { origin: cause }],
  ['retrieve', (of) => of.retrieve(clusterId), {}],
  ['verify', (of) => of.verify(clusterId, {}), {}],
  ['delete', (of) => of.remove({ clusterId, cause }), { origin: cause }],
  ['show-cluster', (of) => of.list.cluster(clusterId), {}],
]

describe('use cases with traces', () => {
  it('have a span each, with the cluster that it is about, the code of a failure and their result', async () => {
    for (const [name, call, more] of calls) {
      const { tracer, spans } = aRecordingTracer()
      expect(await call(tracedUseCases(tracer)(useCases))(), name).to.equal(failure)
      const attributes = { 'hyperfleet.cluster_id': clusterId, 'hyperfleet.registry': undefined }
      expect(spans, name).to.deep.equal([
        {
          name: `pull-secret-service.${name}`,
          kind: 'internal',
          attributes,
          origin: undefined,
          ...more,
          end: { attributes: { 'hyperfleet.error_code': 'LEDGER_UNAVAILABLE' } },
        },
      ])
    }
  })

  it('have one also where they are about no cluster', async () => {
    const { tracer, spans } = aRecordingTracer()
    const traced = tracedUseCases(tracer)(useCases)
    await traced.recover(cause)()
    await traced.checkRegistries({ askVendors: true })()
    await traced.adoptSharedObject('plain')()
    await traced.list.clusters({}, { limit: 1 })()
    await traced.list.troubled({ limit: 1 })()
    await traced.list.audit({}, { limit: 1 })()
    await traced.list.replicas()
    expect(spans.map(({ name, origin }) => [name.split('.')[1], origin])).to.deep.equal([
      ['recover', cause],
      ['check-registries', undefined],
      ['adopt-shared-object', undefined],
      ['list-clusters', undefined],
      ['list-troubled', undefined],
      ['list-audit', undefined],
      ['list-replicas', undefined],
    ])
    expect(spans[2]?.attributes).to.include({ 'hyperfleet.registry': 'plain' })
  })

  it('begin no span before they are run', () => {
    const { tracer, spans } = aRecordingTracer()
    tracedUseCases(tracer)(useCases).retrieve(clusterId)
    expect(spans).to.deep.equal([])
  })
})
