import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect } from 'chai'
import { type Distance, openDistance } from './distance.ts'

describe('a distance', () => {
  let server: Server
  let distance: Distance | undefined
  afterEach(async () => {
    await distance?.close()
    server.close()
  })

  const openTo = async (listener: (socket: Socket) => void): Promise<Socket> => {
    server = createServer({ allowHalfOpen: true }, listener).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    distance = await openDistance({ host: '127.0.0.1', port, roundTripMilliseconds: 20 })
    return connect({ port: distance.port, host: '127.0.0.1', allowHalfOpen: true })
  }

  it('carries what is said both ways, whole and in its order, to the last byte', async () => {
    const client = await openTo((socket) => void text(socket).then((heard) => socket.end(`heard ${heard}`)))
    for (const word of ['one ', 'two ', 'three']) client.write(word)
    client.end()
    expect(await text(client)).to.equal('heard one two three')
  })

  it('takes its time each way', async () => {
    const moments: Array<string> = []
    const client = await openTo((socket) => {
      socket.once('data', () => {
        moments.push('there')
        socket.write('back')
        setImmediate(() => moments.push('not back at once'))
      })
    })
    client.write('there')
    setImmediate(() => moments.push('not there at once'))
    await once(client, 'data')
    expect([...moments, 'back']).to.deep.equal(['not there at once', 'there', 'not back at once', 'back'])
    client.destroy()
  })

  it('passes on that the other side is gone', async () => {
    const client = await openTo((socket) => void socket.resetAndDestroy())
    client.resume()
    await once(client, 'end')
    client.destroy()
  })
})
