import type { CallTerms, RegistryClient } from '@pull-secret/domain'
import { expect } from 'chai'
import { aRecordingTracer } from '../test/a-recording-tracer.ts'
import { tracedClient } from './traced-client.ts'

const terms: CallTerms = { deadline: 0, priority: 'interactive' }
const request = { vendorName: 'canary-name', marker: 'canary', terms }
const answering = (outcome: object) => () => () => Promise.resolve(outcome)

describe('a registry client with traces', () => {
  it('has a span around every call, with what came of it, and nothing of the request', async () => {
    const { tracer, spans } = aRecordingTracer()
    const client = tracedClient(tracer)('quay', {
      createCredential: answering({ kind: 'created' }),
      getCredential: answering({ kind: 'absent' }),
      deleteCredential: answering({ kind: 'unknown', problem: 'timeout' }),
      validateCredential: answering({ kind: 'valid' }),
      listCredentials: answering({ kind: 'listed' }),
      checkAccess: answering({ kind: 'failing', problem: 'unauthorized' }),
      adoptSharedObject: answering({ kind: 'adopted' }),
    } as unknown as RegistryClient)
    await client.createCredential(request)()
    await client.getCredential(request)()
    await client.deleteCredential(request)()
    await client.validateCredential(request as never)()
    await client.listCredentials?.(terms)()
    await client.checkAccess(terms)()
    await client.adoptSharedObject?.(terms)()
    expect(spans.map(({ name, end }) => [name, end?.attributes?.['hyperfleet.outcome'], end?.failure])).to.deep.equal([
      ['registry.create', 'created', undefined],
      ['registry.get', 'absent', undefined],
      ['registry.delete', 'unknown', 'timeout'],
      ['registry.validate', 'valid', undefined],
      ['registry.list', 'listed', undefined],
      ['registry.check', 'failing', 'unauthorized'],
      ['registry.adopt', 'adopted', undefined],
    ])
    for (const { attributes } of spans) expect(attributes).to.include({ 'hyperfleet.registry': 'quay' })
    expect(JSON.stringify(spans)).not.to.include('canary')
  })

  it('lacks what the client lacks', () => {
    const { tracer } = aRecordingTracer()
    const { listCredentials, adoptSharedObject } = tracedClient(tracer)('quay', {} as RegistryClient)
    expect([listCredentials, adoptSharedObject]).to.deep.equal([undefined, undefined])
  })
})
