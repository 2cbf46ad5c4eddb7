// Here and not beside a source file because it plays the whole wired service.
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { expect } from 'chai'
import { cause, openStage, right, type Stage } from './stage.ts'

const portOf = (url: string): number => Number(new URL(url).port)

describe('the connections of the wired service', () => {
  let stage: Stage
  let reached: Set<string>
  const note = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket }
    // A name that is looked up has not been reached yet, and counts all the same.
    socket.once('lookup', (_error: unknown, _address: unknown, _family: unknown, host: string) => reached.add(host))
    socket.once('connect', () => reached.add(`${socket.remoteAddress ?? ''}:${String(socket.remotePort)}`))
  }

  beforeEach(() => {
    reached = new Set()
    subscribe('net.client.socket', note)
  })
  afterEach(async () => {
    unsubscribe('net.client.socket', note)
    await stage.close()
  })

  it('lead to the database and to the configured hosts, and nowhere else', async () => {
    stage = await openStage()
    const { useCases } = stage.root
    const reports = await useCases.checkRegistries({ askVendors: true })()
    const clusterId = 'cls-egress1'
    const { credentials } = await right(useCases.generate({ clusterId, cause }))
    await right(useCases.recover(cause))
    await useCases.remove({ clusterId, cause })()
    const { quay, rhit, databaseUrl } = stage
    const allowed = [databaseUrl, quay.url, rhit.url, rhit.registryUrl].map((url) => `127.0.0.1:${String(portOf(url))}`)
    expect([credentials.length, reports.map(({ access }) => access?.kind)]).to.deep.equal([
      3,
      ['working', 'working', 'working'],
    ])
    expect([...reached].filter((place) => !allowed.includes(place))).to.deep.equal([])
    expect([...reached]).to.include.members(allowed.slice(0, 3))
  })

  it('lead to the proxy of a registry that has one, and to that registry through it alone', async () => {
    const asked: Array<string> = []
    const proxy = createServer()
    // It connects in a process of its own in real life: here nothing is connected at all.
    proxy.on('connect', (request, caller) => {
      asked.push(request.url ?? '')
      caller.end('HTTP/1.1 503 No\r\n\r\n')
    })
    proxy.listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    const port = (proxy.address() as AddressInfo).port
    stage = await openStage({ proxy: { url: `http://127.0.0.1:${String(port)}` } })
    const [quay] = await stage.root.useCases.checkRegistries({ askVendors: true })()
    expect(quay?.access).to.deep.equal({ kind: 'failing', problem: 'unreachable' })
    expect(new Set(asked)).to.deep.equal(new Set([new URL(stage.quay.url).host]))
    expect([...reached])
      .to.include(`127.0.0.1:${String(port)}`)
      .and.not.include(new URL(stage.quay.url).host)
    proxy.close()
  })
})
