import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { request } from 'undici'
import type { ServiceProcess } from '../stage/service-process.ts'
import { type Balance, makeBalance, type Replica } from './balance.ts'

describe('the balancer', () => {
  const servers: Array<Server> = []
  let balance: Balance
  beforeEach(() => {
    balance = makeBalance(() => performance.now())
  })
  afterEach(async () => {
    await balance.close()
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })

  const aReplica = async (name: string, listener: RequestListener): Promise<Replica> => {
    const server = createServer(listener).listen(0, '127.0.0.1')
    await once(server, 'listening')
    servers.push(server)
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
    const replica = { name, isFar: false, isKilled: false, service: { url } as ServiceProcess }
    balance.enter(replica)
    return replica
  }

  const get = () =>
    balance.as('get', async () => {
      const { statusCode, body } = await request('http://anywhere/path', { dispatcher: balance.dispatcher })
      return [statusCode, await body.text()]
    })

  const seen = () =>
    balance.attempts().map(({ replica, status, saysWhen, excuse }) => [replica, status, saysWhen, excuse])

  it('gives each request to the next replica that has not left, and records what it was answered', async () => {
    await aReplica('one', (_, response) => response.end('of one'))
    await aReplica('two', (_, response) => response.writeHead(503, { 'retry-after': '1' }).end())
    const three = await aReplica('three', (_, response) => response.end())
    balance.leave(three)
    expect([await get(), await get(), await get()]).to.deep.equal([
      [200, 'of one'],
      [503, ''],
      [200, 'of one'],
    ])
    expect(seen()).to.deep.equal([
      ['one', 200, false, undefined],
      ['two', 503, true, undefined],
      ['one', 200, false, undefined],
    ])
  })

  it('excuses what a kill cut or refused, and nothing else', async () => {
    const replica = await aReplica('one', (incoming) => {
      if (balance.attempts().length === 1) replica.isKilled = true
      incoming.socket.destroy()
    })
    for (let count = 0; count < 3; count += 1) await get().catch(() => undefined)
    expect(seen()).to.deep.equal([
      ['one', undefined, undefined, undefined],
      ['one', undefined, undefined, 'in flight'],
      ['one', undefined, undefined, 'refused'],
    ])
  })

  it('tells a client that waited no longer from a connection that was cut', async () => {
    await aReplica('one', () => undefined)
    const { dispatcher } = balance
    const signal = AbortSignal.timeout(5)
    await balance.as('get', () => request('http://anywhere', { dispatcher, signal })).catch(() => undefined)
    expect(seen()).to.deep.equal([['one', undefined, undefined, 'timed out']])
  })

  it('knows which replicas are busy, and with what', async () => {
    const busy: Array<unknown> = []
    const replica = await aReplica('one', (_, response) => {
      busy.push([balance.busyWith('get'), balance.busyWith('generate')])
      response.end()
    })
    await get()
    expect(busy).to.deep.equal([[[replica], []]])
    expect(balance.busyWith('get')).to.deep.equal([])
  })
})
