import { expect } from 'chai'
import { makeClient } from './client.ts'
import { makePullSecrets } from './make-pull-secrets.ts'

describe('pull secrets over any service', () => {
  it('close it once', async () => {
    let closed = 0
    const unasked = () => Promise.reject(new Error('nobody asked'))
    const operations = {
      perform: unasked,
      revalidate: unasked,
      close: async () => {
        closed += 1
      },
    }
    const pullSecrets = makePullSecrets({ client: makeClient(operations), sleep: unasked })
    await pullSecrets.close()
    await pullSecrets.close()
    expect(closed).to.equal(1)
  })
})
