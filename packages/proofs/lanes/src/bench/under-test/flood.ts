import { randomBytes } from 'node:crypto'
import { applyLoad } from '../http-load.ts'

export interface FloodPlan {
  /** Whose requests they are. Default: each has a token that nobody ever had. */
  readonly token?: string
  readonly port: number
  readonly path: string
  readonly count: number
  readonly perSecond: number
}

const connections = 128

process.once('message', ({ token, port, path, count, perSecond }: FloodPlan) => {
  const request = (): Buffer => {
    const bearer = token ?? randomBytes(32).toString('hex')
    return Buffer.from(`GET ${path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${bearer}\r\n\r\n`)
  }
  const requests = Array.from({ length: count }, request)
  void applyLoad({ port, requests, count, connections, perSecond, statuses: [200, 401, 429, 503] })
  process.send?.('begun')
})
