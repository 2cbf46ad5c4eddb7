import { expect } from 'chai'
import { toRegistriesBody } from './registries-body.ts'

describe('the body of the registries', () => {
  const report = {
    isCircuitOpen: false,
    registryId: 'quay',
    type: 'quay',
    enabled: true,
    required: true,
    hosts: ['quay.io'],
  }
  const accessOf = (access?: Parameters<typeof toRegistriesBody>[0][number]['access']) =>
    toRegistriesBody([{ ...report, access }]).registries[0]?.access

  it('tells of the access what was found, with the detail where there is one', () => {
    expect(accessOf()).to.equal(undefined)
    expect(accessOf({ kind: 'working' })).to.deep.equal({ status: 'working' })
    expect(accessOf({ kind: 'failing', problem: 'timeout' })).to.deep.equal({ status: 'failing', problem: 'timeout' })
    const detail = 'token_file: /token does not exist'
    expect(accessOf({ kind: 'failing', problem: 'file_unusable', detail })).to.deep.equal({
      status: 'failing',
      problem: 'file_unusable',
      detail,
    })
  })
})
