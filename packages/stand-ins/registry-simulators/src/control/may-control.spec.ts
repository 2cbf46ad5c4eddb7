import { expect } from 'chai'
import { mayControl } from './may-control.ts'

describe('who may control a simulator', () => {
  for (const address of ['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])
    it(`lets ${address} in with the header and not without`, () => {
      expect(mayControl(address, 'yes')).to.equal(true)
      expect(mayControl(address, undefined)).to.equal(false)
    })

  for (const address of ['10.0.0.1', '::ffff:10.127.0.1', '2001:db8::1', '127.example.com', undefined])
    it(`keeps ${address} out`, () => {
      expect(mayControl(address, 'yes')).to.equal(false)
    })
})
