import { expect } from 'chai'
import { secretText } from '@pull-secret/domain'
import { makeNodeClock, makeNodeDigest, makeNodeIds } from './index.ts'

describe('the clock of this process', () => {
  it('sleeps at least as long as asked', async () => {
    const clock = makeNodeClock()
    const started = clock.monotonic()
    await clock.sleep(3)()
    expect(clock.monotonic() - started).to.be.at.least(3)
  })
})

describe('ids of this process', () => {
  const ids = makeNodeIds()

  it('have the documented form', () => {
    expect(ids.uuid()).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(ids.entropy()).to.match(/^[0-9a-f]{32}$/)
    expect(ids.secret()).to.match(/^[A-Za-z0-9_-]{43}$/)
  })

  it('never come twice', () => {
    const drawn = Array.from({ length: 100 }, () => [ids.uuid(), ids.entropy(), ids.secret()]).flat()
    expect(new Set(drawn).size).to.equal(300)
  })
})

describe('the digest', () => {
  const digest = makeNodeDigest()

  it('is HMAC-SHA-256 in lower-case hexadecimal, as in the second case of RFC 4231', () => {
    expect(digest.hmacSha256(secretText('Jefe'), 'what do ya want for nothing?'))
      .to.equal('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
  })

  it('writes the UTF-8 bytes of a text in padded base64', () => {
    expect(digest.base64('é:x')).to.equal('w6k6eA==')
  })
})
