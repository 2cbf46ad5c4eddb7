import { secretText } from '@pull-secret/domain'
import { expect } from 'chai'
import { anImaginaryClient } from '../../test/an-imaginary-client.ts'

describe('a login at an imaginary vendor', () => {
  it('says yes or no, and neither when its answer is lost', async () => {
    const { client, scheduler, ask, create, vendor } = anImaginaryClient('caller-secret', [
      undefined,
      undefined,
      undefined,
      'answer_lost',
    ])
    await create()
    const [object] = vendor.present()
    const login = (token: string) =>
      ask(
        client.validateCredential({
          username: object?.username ?? '',
          token: secretText(token),
          deadline: scheduler.now() + 25_000,
        }),
      )
    expect(await login(object?.token ?? '')).to.deep.equal({ kind: 'valid' })
    expect(await login('another')).to.deep.equal({ kind: 'invalid' })
    expect(await login(object?.token ?? '')).to.deep.equal({ kind: 'indeterminate', problem: 'connection_lost' })
  })
})
