import { connect, type Socket } from 'node:net'
import { percentile } from './statistics.ts'

export interface Load {
  /** A port on 127.0.0.1. */
  readonly port: number
  /** Whole HTTP/1.1 requests; they are sent in turn. */
  readonly requests: ReadonlyArray<Buffer>
  /** How many are sent altogether. */
  readonly count: number
  /** How many are under way at most, each on a kept connection of its own. */
  readonly connections: number
  /** When requests begin, evenly. Default: each as soon as a connection is free. */
  readonly perSecond?: number
  /** The statuses that they may be answered with. Default: 200. */
  readonly statuses?: ReadonlyArray<number>
}

export interface LoadResult {
  readonly perSecond: number
  readonly p99Milliseconds: number
}

const endOfHead = '\r\n\r\n'
const statusOf = (head: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1])

/** The bytes of the answer that begins these bytes; undefined while its head is not complete. */
const answerLength = (head: string, statuses: ReadonlyArray<number>): number | undefined => {
  const end = head.indexOf(endOfHead)
  if (end < 0) return undefined
  if (!statuses.includes(statusOf(head)))
    throw new Error(`the load was answered ${head.slice(0, head.indexOf('\r\n'))}`)
  const length = /^content-length: *(\d+)\r$/im.exec(head.slice(0, end + 2))?.[1]
  if (length === undefined) throw new Error('the load was answered without a length')
  return end + endOfHead.length + Number(length)
}

interface Due {
  readonly request: Buffer
  /** Its time is counted from then, however long it has to wait for a connection. */
  readonly at: number
}

interface Exchanges {
  readonly next: () => Due | undefined
  readonly statuses: ReadonlyArray<number>
  readonly took: (milliseconds: number) => void
}

/** Sends one request after the other on one connection, as long as `next` gives any. */
const useConnection = (socket: Socket, { next, statuses, took }: Exchanges): Promise<void> =>
  new Promise((resolve, reject) => {
    let received: Array<Buffer> = []
    let bytes = 0
    let expected: number | undefined
    let countedFrom = 0

    const send = ({ request }: Due): void => {
      received = []
      bytes = 0
      expected = undefined
      socket.write(request)
    }

    const goOn = (): void => {
      const due = next()
      if (due === undefined) {
        socket.destroy()
        resolve()
        return
      }
      const early = due.at - performance.now()
      if (early <= 0) {
        countedFrom = due.at
        send(due)
        return
      }
      setTimeout(() => {
        countedFrom = performance.now()
        send(due)
      }, early)
    }

    const receive = (chunk: Buffer): void => {
      received.push(chunk)
      bytes += chunk.length
      expected ??= answerLength(Buffer.concat(received).toString('latin1'), statuses)
      if (expected === undefined || bytes < expected) return
      took(performance.now() - countedFrom)
      goOn()
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
    socket.once('connect', goOn)
  })

/**
 * Keeps a server busy with a number of requests at a time, or with so many a second; each has to be answered as is
 * expected. A client library would cost as much time as the servers under comparison and so hide their difference: this
 * one writes prepared bytes and looks only for the end of an answer.
 */
export const applyLoad = async (load: Load): Promise<LoadResult> => {
  const { port, requests, count, connections, perSecond, statuses = [200] } = load
  const latencies: Array<number> = []
  const startedAt = performance.now()
  let sent = 0
  const next = (): Due | undefined => {
    const request = requests[sent % requests.length]
    if (sent === count || request === undefined) return undefined
    const at = perSecond === undefined ? performance.now() : startedAt + (sent * 1000) / perSecond
    sent += 1
    return { request, at }
  }
  const took = (milliseconds: number): void => void latencies.push(milliseconds)
  await Promise.all(
    Array.from({ length: connections }, () => useConnection(connect(port, '127.0.0.1'), { next, statuses, took })),
  )
  const seconds = (performance.now() - startedAt) / 1000
  return { perSecond: count / seconds, p99Milliseconds: percentile(latencies, 0.99) }
}
