import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { applyLoad } from './http-load.ts'

const aRequest = (path: string): Buffer => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: bench\r\n\r\n`)

describe('the load of the bench', () => {
  let server: Server
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  const listening = async (listener: RequestListener): Promise<number> => {
    server = createServer(listener)
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    return (server.address() as AddressInfo).port
  }

  it('sends exactly as many requests as it was told, all in turn, on as many connections', async () => {
    const seen: Array<string> = []
    const sockets = new Set<unknown>()
    const port = await listening((request, response) => {
      seen.push(request.url ?? '')
      sockets.add(request.socket)
      response.setHeader('Content-Length', '5').end('12345')
    })
    const result = await applyLoad({ port, requests: [aRequest('/a'), aRequest('/b')], count: 20, connections: 4 })
    expect([seen.length, seen.filter((path) => path === '/a').length, sockets.size]).to.deep.equal([20, 10, 4])
    expect(result.perSecond).to.be.greaterThan(0)
    expect(result.p99Milliseconds).to.be.greaterThan(0)
  })

  it('waits for the whole of an answer that comes in pieces', async () => {
    const pieces: Array<string> = []
    const port = await listening((request, response) => {
      pieces.push('begun')
      request.socket.setNoDelay(true)
      response.writeHead(200, { 'Content-Length': '6' }).write('123')
      setTimeout(() => {
        pieces.push('ended')
        response.end('456')
      }, 20)
    })
    await applyLoad({ port, requests: [aRequest('/')], count: 2, connections: 1 })
    expect(pieces).to.deep.equal(['begun', 'ended', 'begun', 'ended'])
  })

  it('begins requests at the pace it was told, and takes the answers it was told of', async () => {
    const port = await listening((_request, response) => response.writeHead(401, { 'Content-Length': '0' }).end())
    const load = { port, requests: [aRequest('/')], count: 21, connections: 2, perSecond: 400, statuses: [401] }
    const { perSecond } = await applyLoad(load)
    expect(perSecond).to.be.below(500)
  })

  it('gives up when it is answered anything but 200: a refusal is no speed', async () => {
    const port = await listening((_request, response) => response.writeHead(429, { 'Content-Length': '0' }).end())
    const failure = await applyLoad({ port, requests: [aRequest('/')], count: 3, connections: 1 }).catch(
      (error: unknown) => error,
    )
    expect(String(failure)).to.include('429')
  })
})
