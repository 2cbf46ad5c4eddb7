import { docsStep } from '@pull-secret/workbench'
import { expect } from 'chai'

describe('the documents', () => {
  it(`have what is checked of them: ${docsStep.name}`, async () => {
    expect(await docsStep.run()).to.deep.equal([])
  })
})
