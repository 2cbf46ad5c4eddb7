import { markerOf } from '@pull-secret/domain'
import { expect } from 'chai'
import { makeOwnNames } from './distribution-user-name.ts'

const credentialId = '6f1c1d0e-8a4b-4a53-9a9e-0d6e0c7f2b11'

describe('names of our users', () => {
  it('hold the deployment and the credential, and give the marker back', () => {
    const names = makeOwnNames('Prod EU:1')
    expect(names.nameOf(credentialId)).to.match(/^hyp-prodeu1-[0-9a-f]{8}-6f1c1d0e-8a4b-4a53-9a9e-0d6e0c7f2b11$/)
    expect(names.markerIn(names.nameOf(credentialId))).to.equal(markerOf('Prod EU:1', credentialId))
  })

  it('keep to 20 characters for the deployment', () => {
    expect(makeOwnNames('a-very-long-deployment-id-of-an-instance').deployment).to.have.lengthOf(20)
  })

  it('never take the user of a deployment with a similar id for their own', () => {
    const ids = ['prod', 'prod-eu', 'PROD', 'prod-', 'hyperfleet-production-1', 'hyperfleet-production-2', '']
    for (const one of ids) {
      for (const other of ids.filter((id) => id !== one)) {
        expect(makeOwnNames(one).markerIn(makeOwnNames(other).nameOf(credentialId)), `${one} and ${other}`).to.equal(
          undefined,
        )
      }
    }
  })

  it('leave every other name alone', () => {
    const names = makeOwnNames('prod')
    for (const name of ['', 'docker', 'hyp-', names.deployment, names.nameOf('')])
      expect(names.markerIn(name), name).to.equal(undefined)
  })
})
