import { connect, type Socket } from 'node:net'
import { percentile } from './statistics.ts'

export interface Load {
  /** A port on 127.0.0.1. */
  readonly port: number
  /** Whole HTTP/1.1 requests; they are sent in turn. */
  readonly requests: ReadonlyArray<Buffer>
  /** How many are sent altogether. */
  readonly count: number
  /** How many are under way at any moment, each on a kept connection of its own. */
  readonly connections: number
}

export interface LoadResult {
  readonly perSecond: number
  readonly p99Milliseconds: number
}

const endOfHead = '\r\n\r\n'
const okay = /^HTTP\/1\.1 200 /

/** The bytes of the answer that begins these bytes; undefined while its head is not complete. */
const answerLength = (head: string): number | undefined => {
  const end = head.indexOf(endOfHead)
  if (end < 0) return undefined
  if (!okay.test(head)) throw new Error(`the load was answered ${head.slice(0, head.indexOf('\r\n'))}`)
  const length = /^content-length: *(\d+)\r$/im.exec(head.slice(0, end + 2))?.[1]
  if (length === undefined) throw new Error('the load was answered without a length')
  return end + endOfHead.length + Number(length)
}

/** Sends one request after the other on one connection, as long as `next` gives any. */
const useConnection = (
  socket: Socket,
  next: () => Buffer | undefined,
  took: (milliseconds: number) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    let received: Array<Buffer> = []
    let bytes = 0
    let expected: number | undefined
    let sentAt = 0

    const send = (): void => {
      const request = next()
      if (request === undefined) {
        socket.destroy()
        resolve()
        return
      }
      received = []
      bytes = 0
      expected = undefined
      sentAt = performance.now()
      socket.write(request)
    }

    const receive = (chunk: Buffer): void => {
      received.push(chunk)
      bytes += chunk.length
      expected ??= answerLength(Buffer.concat(received).toString('latin1'))
      if (expected === undefined || bytes < expected) return
      took(performance.now() - sentAt)
      send()
    }

    socket.setNoDelay(true)
    socket.on('data', (chunk) => {
      try {
        receive(chunk)
      } catch (error) {
        socket.destroy(error as Error)
      }
    })
    socket.once('error', reject)
    socket.once('end', () => reject(new Error('the connection under load was closed')))
    socket.once('connect', send)
  })

/**
 * Keeps a server busy with a fixed number of requests at a time, all of which it has to answer 200.
 * A client library would cost as much time as the servers under comparison and so hide their difference: this one
 * writes
 * prepared bytes and looks only for the end of an answer.
 */
export const applyLoad = async ({ port, requests, count, connections }: Load): Promise<LoadResult> => {
  const latencies: Array<number> = []
  let sent = 0
  const next = (): Buffer | undefined => {
    if (sent === count) return undefined
    sent += 1
    return requests[sent % requests.length]
  }
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: connections }, () =>
      useConnection(connect(port, '127.0.0.1'), next, (milliseconds) => latencies.push(milliseconds)),
    ),
  )
  const seconds = (performance.now() - startedAt) / 1000
  return { perSecond: count / seconds, p99Milliseconds: percentile(latencies, 0.99) }
}
