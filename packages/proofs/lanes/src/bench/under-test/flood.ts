import { randomBytes } from 'node:crypto'
import { applyLoad } from '../http-load.ts'

/** Requests with tokens that nobody ever had. */
export interface FloodPlan {
  readonly port: number
  readonly path: string
  readonly count: number
  readonly perSecond: number
}

const connections = 128

process.once('message', ({ port, path, count, perSecond }: FloodPlan) => {
  const request = (): Buffer =>
    Buffer.from(
      `GET ${path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${randomBytes(32).toString('hex')}\r\n\r\n`,
    )
  const requests = Array.from({ length: count }, request)
  void applyLoad({ port, requests, count, connections, perSecond, statuses: [401, 503] })
  process.send?.('begun')
})
