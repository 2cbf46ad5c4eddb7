import { expect } from 'chai'
import { makePullSecrets } from './make-pull-secrets.ts'

describe('pull secrets over any service', () => {
  it('close their service once', async () => {
    let closed = 0
    const unasked = () => Promise.reject(new Error('nobody asked'))
    const service = {
      generate: unasked,
      retrieve: unasked,
      remove: unasked,
      verify: unasked,
      close: async () => {
        closed += 1
      },
    }
    const pullSecrets = makePullSecrets({ service, sleep: unasked })
    await pullSecrets.close()
    await pullSecrets.close()
    expect(closed).to.equal(1)
  })
})
