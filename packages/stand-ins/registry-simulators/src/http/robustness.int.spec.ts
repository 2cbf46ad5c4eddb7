import { connect } from 'node:net'
import { expect } from 'chai'
import { startQuaySimulator } from '../quay/start-quay-simulator.ts'
import { failureOf } from '../testing/call.ts'
import { useClosing } from '../testing/closing.ts'
import { administratorToken, organization, useQuay } from '../testing/quay-world.ts'

describe('bad requests', () => {
  const quay = useQuay()
  const put = (body: unknown) => quay.ask('PUT', '/robots/one', { body })

  describe('leave it serving', () => {
    afterEach(async () => {
      expect((await quay.ask('GET', '/robots')).status, 'still serving').to.equal(200)
    })

    it('answers malformed JSON with 400', async () => {
      expect((await put('{"description":')).status).to.equal(400)
      expect((await put('[]')).status).to.equal(400)
      expect((await put({ description: 7 })).status).to.equal(400)
      expect((await put({ unstructured_metadata: 'text' })).status).to.equal(400)
      expect(quay.simulator.robots()).to.deep.equal([])
    })

    it('refuses a body over one mebibyte with 400, as Quay does', async () => {
      expect((await put({ unstructured_metadata: { filler: 'x'.repeat(1024 * 1024) } })).status).to.equal(400)
    })

    it('ends a body without measure', async () => {
      const outcome = await failureOf(put('x'.repeat(32 * 1024 * 1024)))
      expect(outcome).to.be.oneOf(['none', 'ECONNRESET', 'EPIPE'])
      expect(quay.simulator.robots()).to.deep.equal([])
    })

    it('answers a path that cannot be decoded with 400', async () => {
      expect((await quay.ask('GET', '/robots/%zz')).status).to.equal(400)
    })

    it('takes names that are special in JavaScript for names', async () => {
      expect((await quay.ask('GET', '/robots/constructor')).status).to.equal(400)
      expect((await quay.ask('PUT', '/robots/constructor')).status).to.equal(201)
    })

    it('outlives a caller that leaves in the middle of its request', async () => {
      const socket = connect(quay.simulator.port, '127.0.0.1')
      socket.write(
        `PUT /api/v1/organization/${organization}/robots/one HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf`,
      )
      await new Promise((resolve) => setImmediate(resolve))
      socket.destroy()
      expect(quay.simulator.robots()).to.deep.equal([])
    })
  })
})

describe('starting', () => {
  const closing = useClosing()

  it('refuses a port that is taken', async () => {
    const options = { organization, administratorTokens: [administratorToken] }
    const first = closing(await startQuaySimulator(options))
    expect(await failureOf(startQuaySimulator({ ...options, port: first.port }))).to.equal('EADDRINUSE')
  })
})
