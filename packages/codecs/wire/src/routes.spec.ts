import { expect } from 'chai'
import fc from 'fast-check'
import { pathOf, routes, servedPaths } from './index.ts'

describe('routes', () => {
  it("serves the versioned API under the platform's prefix too, and probes without it", () => {
    expect(servedPaths(routes.health)).to.deep.equal(['/v1/health', '/api/hyperfleet/v1/health'])
    expect(servedPaths(routes.readiness)).to.deep.equal(['/readyz'])
  })

  it('never gives one method and path two meanings', () => {
    const served = Object.values(routes).flatMap((route) => servedPaths(route).map((path) => `${route.method} ${path}`))
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
})
