// Here and not beside a source file because it plays the whole wired service.
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
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

  beforeEach(async () => {
    stage = await openStage()
    reached = new Set()
    subscribe('net.client.socket', note)
  })
  afterEach(async () => {
    unsubscribe('net.client.socket', note)
    await stage.close()
  })

  it('lead to the database and to the configured hosts, and nowhere else', async () => {
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
})
