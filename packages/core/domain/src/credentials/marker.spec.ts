import { expect } from 'chai'
import { controlMarkerOf, markerOf } from '../index.ts'

describe('marker', () => {
  it('binds a vendor object to its deployment and row, as every version did', () => {
    expect(markerOf('deployment', 'credential-1')).to.equal('hyperfleet-pull-secret/deployment/credential-1')
    expect(controlMarkerOf('deployment')).to.equal('hyperfleet-pull-secret/deployment/control')
  })
})
