import { expect } from 'chai'
import fc from 'fast-check'
import { apiOperations, metricsPortOperations, operations, pathOf, queryTextOf, servedPaths } from './index.ts'

describe('operations', () => {
  it("serves the versioned API under the platform's prefix too, and probes without it", () => {
    expect(servedPaths(operations.health)).to.deep.equal(['/v1/health', '/api/hyperfleet/v1/health'])
    expect(servedPaths(operations.readiness)).to.deep.equal(['/readyz'])
  })

  it('never gives one method and path two meanings', () => {
    const served = Object.values(operations).flatMap((operation) =>
      servedPaths(operation).map((path) => `${operation.method} ${path}`),
    )
    expect(new Set(served).size).to.equal(served.length)
  })

  it('puts parameters into their places', () => {
    expect(pathOf('verifyPullSecret', { cluster_id: 'cls-abc123' })).to.equal(
      '/v1/clusters/cls-abc123/pull-secrets/verification',
    )
    expect(pathOf('runJob', { name: 'recovery' })).to.equal('/v1/jobs/recovery/runs')
    expect(pathOf('listRegistries', {})).to.equal('/v1/registries')
  })

  it('keeps whatever a parameter holds inside its segment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (clusterId) => {
        const segments = pathOf('retrievePullSecret', { cluster_id: clusterId }).split('/')
        expect(segments).to.have.length(5)
        expect(decodeURIComponent(segments[3] ?? '')).to.equal(clusterId)
      }),
    )
  })

  it('asks every caller of the product for a permission, and counts every one of its requests', () => {
    for (const { permission, limitClass } of Object.values(apiOperations)) {
      expect(permission).to.have.keys('verb', 'resource')
      expect(limitClass).to.equal('standard')
    }
  })

  it('serves only monitors, and the description of the API, without a permission', () => {
    const open = Object.entries({ ...operations, ...metricsPortOperations })
      .filter(([, { permission }]) => permission === 'anonymous')
      .map(([id]) => id)
    expect(open).to.have.members([
      'health',
      'liveness',
      'readiness',
      'scrapeMetrics',
      'describeApi',
      'describeApiAsYaml',
    ])
  })

  it('leaves absent parameters out of a query', () => {
    expect(queryTextOf({ incarnation: 3, check: false, region: undefined })).to.deep.equal({
      incarnation: '3',
      check: 'false',
    })
    expect(queryTextOf(undefined)).to.deep.equal({})
  })
})
