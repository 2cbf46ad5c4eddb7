import { once } from 'node:events'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { readBody } from './read-body.ts'

const aRequest = (): IncomingMessage => new IncomingMessage(new Socket())
const brokenOff = E.left({ code: 'MALFORMED_JSON' })

describe('reading a body', () => {
  it('gives every byte', async () => {
    const request = aRequest()
    const read = readBody(request, 10)
    request.push('ab')
    request.push('c')
    request.push(null)
    expect(await read).to.deep.equal(E.right(Buffer.from('abc')))
  })

  it('ends when the client leaves in the middle', async () => {
    const request = aRequest()
    const read = readBody(request, 10)
    request.push('ab')
    request.destroy()
    expect(await read).to.deep.equal(brokenOff)
  })

  it('ends when the client left before it began', async () => {
    const request = aRequest()
    request.push('ab')
    request.destroy()
    await once(request, 'close')
    expect(await readBody(request, 10)).to.deep.equal(brokenOff)
  })
})
