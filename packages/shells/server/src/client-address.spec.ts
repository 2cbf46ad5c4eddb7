import { expect } from 'chai'
import { makeClientAddress } from './client-address.ts'

describe('the address that a request comes from', () => {
  it('is that of the connection, whatever a header says, unless a proxy is trusted', () => {
    const from = makeClientAddress([])
    expect(from('192.0.2.1', '203.0.113.9')).to.equal('192.0.2.1')
    expect(from('::ffff:192.0.2.1', '')).to.equal('192.0.2.1')
    expect(from(undefined, '203.0.113.9')).to.equal('')
  })

  it('is what the last trusted proxy says, and nothing that was said to it', () => {
    const from = makeClientAddress(['10.0.0.0/8', '192.0.2.1', 'fd00::/8'])
    expect(from('10.1.2.3', '198.51.100.7')).to.equal('198.51.100.7')
    expect(from('::ffff:10.1.2.3', '203.0.113.9, 198.51.100.7')).to.equal('198.51.100.7')
    expect(from('10.1.2.3', '203.0.113.9, 198.51.100.7, 192.0.2.1 ,10.9.9.9')).to.equal('198.51.100.7')
    expect(from('fd00::1', '198.51.100.7')).to.equal('198.51.100.7')
    expect(from('10.1.2.3', ['203.0.113.9', '198.51.100.7'])).to.equal('198.51.100.7')
    expect(from('192.0.2.2', '198.51.100.7')).to.equal('192.0.2.2')
  })

  it('is that of the proxy where it says nothing that is an address', () => {
    const from = makeClientAddress(['10.0.0.0/8'])
    for (const header of ['', ' ', 'unknown', '198.51.100.7, unknown', '198.51.100.7,', '198.51.100.7:443'])
      expect(from('10.1.2.3', header), header).to.equal('10.1.2.3')
    expect(from('10.1.2.3', '10.4.4.4')).to.equal('10.4.4.4')
  })

  it('is, of version 6, the network that a client has to itself', () => {
    const from = makeClientAddress(['::1'])
    const network = '2001:db8:0:1::/64'
    for (const address of [
      '2001:db8:0:1::5',
      '2001:db8:0:1:ffff:ffff:ffff:ffff',
      '2001:0DB8:0000:0001::',
      '2001:db8::1:2:3:4:5',
      '2001:db8:0:1::192.0.2.1',
    ])
      expect(from(address, ''), address).to.equal(network)
    expect(from('::1', '2001:db8:0:1::5')).to.equal(network)
    expect(from('2001:db8:0:2::5', '')).to.equal('2001:db8:0:2::/64')
    expect([from('::', ''), from('fe80::1%eth0', '')]).to.deep.equal(['0:0:0:0::/64', 'fe80:0:0:0::/64'])
  })
})
