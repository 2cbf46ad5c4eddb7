// Here and not beside a source file because it proves a suite of port-contracts, over doubles that break it.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { registryClientSuite } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import { quayLike } from '../../src/index.ts'
import { anInMemoryRegistry } from '../in-memory-subjects.ts'
import { promisesOf, tearDown } from './promises-of.ts'

/** A client that talks to its vendor over a socket, and may forget to close it. */
const aConnectedRegistry = (closesItsConnection: boolean) => async () => {
  const subject = anInMemoryRegistry(quayLike)
  const accepted: Array<Socket> = []
  const server = createServer((socket) => {
    accepted.push(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const sockets: Array<Socket> = []
  return {
    ...subject,
    client: {
      ...subject.client,
      createCredential: (request: Parameters<typeof subject.client.createCredential>[0]) => async () => {
        const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').unref()
        sockets.push(socket)
        await Promise.all([
          once(socket, 'connect'),
          ...(accepted.length < sockets.length ? [once(server, 'connection')] : []),
        ])
        return subject.client.createCredential(request)()
      },
    },
    closeClient: async () => sockets.filter(() => closesItsConnection).forEach((socket) => socket.destroy()),
    close: async () => {
      ;[...sockets, ...accepted].forEach((socket) => socket.destroy())
      server.close()
      await once(server, 'close')
    },
  }
}

describe('the tear-down of the registry client suite', () => {
  it('is content with a client that closes its connections', async () => {
    expect((await promisesOf(() => registryClientSuite(aConnectedRegistry(true)))).broken).to.deep.equal([])
  })

  it('fails over a client that leaves a connection open', async () => {
    expect((await promisesOf(() => registryClientSuite(aConnectedRegistry(false)))).broken).to.include(tearDown)
  })
})
