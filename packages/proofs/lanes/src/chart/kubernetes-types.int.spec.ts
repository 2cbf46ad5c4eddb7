import { expect } from 'chai'
import { complaintsOfTypes } from './kubernetes-types.ts'
import type { Manifest } from './manifest.ts'

const service = (spec: object): Manifest => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec })
const monitor = (endpoint: object): Manifest => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata: { name: 'a' },
  spec: { selector: {}, endpoints: [endpoint] },
})
const store = (webhook: object): Manifest => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ClusterSecretStore',
  metadata: { name: 'a' },
  spec: { provider: { webhook } },
})

describe('the types of Kubernetes', () => {
  it('take what is right, and refuse unknown fields, missing fields, wrong types and unknown words', () => {
    const counts = complaintsOfTypes([
      service({ ports: [{ port: 80 }] }),
      service({ ports: [{ port: 80, targetPrt: 8080 }] }),
      service({ ports: [{ name: 'api' }] }),
      service({ ports: [{ port: '80' }] }),
      service({ type: 'Loadbalancer' }),
      monitor({ port: 'metrics' }),
      monitor({ prt: 'metrics' }),
      store({ url: 'http://a', result: { jsonPath: '$.a' } }),
      store({ url: 'http://a', result: { jsonpath: '$.a' } }),
    ]).map(({ length }) => length)
    expect(counts).to.deep.equal([0, 1, 1, 1, 1, 0, 1, 0, 1])
  })

  it('know no other kinds', () => {
    const unknown = { apiVersion: 'v1', kind: 'Servise', metadata: { name: 'a' } }
    expect(complaintsOfTypes([unknown]))
      .to.have.nested.property('[0].length')
      .that.is.above(0)
  })
})
