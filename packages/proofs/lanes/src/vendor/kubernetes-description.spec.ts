import { expect } from 'chai'
import { describedExchanges } from './described-exchanges.ts'
import { withKindsOfKubernetes } from './kubernetes-description.ts'

const kind = { group: 'example.org', version: 'v1', kind: 'Thing' }
const schemaOf = (...kinds: ReadonlyArray<object>) => ({
  type: 'object',
  properties: { apiVersion: { type: 'string' }, kind: { type: 'string' } },
  'x-kubernetes-group-version-kind': kinds,
})

describe('a description by Kubernetes', () => {
  const faultsOf = (requestBody: object, ...kinds: ReadonlyArray<object>): string =>
    describedExchanges(
      withKindsOfKubernetes({
        paths: {
          '/things': {
            post: {
              requestBody: { content: { '*/*': { schema: { $ref: '#/components/schemas/Thing' } } } },
              responses: { '201': {} },
            },
          },
        },
        components: { schemas: { Thing: schemaOf(...kinds) } },
      }),
    )({ method: 'POST', path: '/things', requestBody, status: 201, mediaType: '', answerBody: undefined }).join()

  it('says what an object has to say it is', () => {
    expect(faultsOf({ apiVersion: 'example.org/v1', kind: 'Thing' }, kind)).to.equal('')
    expect(faultsOf({ apiVersion: 'example.org/v2', kind: 'Thing' }, kind)).to.include('apiVersion must be equal')
    expect(faultsOf({ apiVersion: 'example.org/v1', kind: 'Thin' }, kind)).to.include('kind must be equal')
    expect(faultsOf({}, kind)).to.include("must have required property 'kind'")
  })

  it('leaves open what may be one of several things', () => {
    expect(faultsOf({ kind: 'Any' }, kind, { ...kind, version: 'v2' })).to.equal('')
  })
})
