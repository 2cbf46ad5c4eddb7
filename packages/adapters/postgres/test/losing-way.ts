import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { CommitFate } from '@pull-secret/port-contracts'

/** The statements that are transactions of their own and may be told to get lost. */
const committingStatements = new Set(['take-shared-object', 'release-shared-object'])

const readyForQuery = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])

const typeOf = (message: Buffer): string => message.toString('latin1', 0, 1)

/** Whether a client's message begins what commits: COMMIT itself, or the binding of such a statement. */
const commits = (message: Buffer): boolean => {
  const [first, second = ''] = message.toString('latin1', 5).split('\0')
  return (
    (typeOf(message) === 'Q' && first === 'commit') || (typeOf(message) === 'B' && committingStatements.has(second))
  )
}

/** The server answers a simple query, and what went before a Sync, with all that was asked. */
const endsRequest = (message: Buffer): boolean => ['Q', 'S'].includes(typeOf(message))

/** Cuts what a client sends into its messages; the first one alone has no type. */
const makeMessages = () => {
  let rest: Buffer = Buffer.alloc(0)
  let typeBytes = 0
  return (chunk: Buffer): ReadonlyArray<Buffer> => {
    rest = Buffer.concat([rest, chunk])
    const messages: Array<Buffer> = []
    while (rest.length >= typeBytes + 4 && rest.length >= typeBytes + rest.readInt32BE(typeBytes)) {
      const length = typeBytes + rest.readInt32BE(typeBytes)
      messages.push(rest.subarray(0, length))
      rest = rest.subarray(length)
      typeBytes = 1
    }
    return messages
  }
}

/** A way to a database on which commits get lost, as told. Whoever sent one sees its connection end. */
export const openLosingWay = async (url: string) => {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  let next: { readonly fate: CommitFate; readonly lastWords: Buffer } | undefined
  let late: Array<() => Promise<void>> = []

  const carry = (caller: Socket): void => {
    const server = connect(Number(target.port), target.hostname)
    const messages = makeMessages()
    let fate: CommitFate | undefined
    let lastWords: Buffer = Buffer.alloc(0)
    const held: Array<Buffer> = []
    let answer: Buffer = Buffer.alloc(0)

    const lose = (): void => {
      if (fate === 'undone') server.end()
      if (fate !== 'late') return
      late.push(async () => {
        if (server.closed) return
        // The server may have given up meanwhile: that is an end as well.
        const ended = new Promise((resolve) => server.once('close', resolve))
        server.write(Buffer.concat(held))
        await ended
      })
      caller.destroy()
    }
    const pass = (message: Buffer): void => {
      if (fate === undefined && next !== undefined && commits(message)) {
        ;({ fate, lastWords } = next)
        next = undefined
      }
      if (fate === undefined || fate === 'kept') server.write(message)
      else held.push(message)
      if (fate !== undefined && endsRequest(message)) lose()
    }
    caller.on('data', (chunk) => {
      messages(chunk).forEach(pass)
    })
    server.on('data', (chunk) => {
      if (fate === undefined) {
        caller.write(chunk)
        return
      }
      answer = Buffer.concat([answer, chunk])
      if (!answer.subarray(-readyForQuery.length).equals(readyForQuery)) return
      if (lastWords.length > 0) caller.write(lastWords)
      server.end()
    })
    caller.on('close', () => {
      if (fate !== 'late') server.end()
    })
    server.on('close', () => caller.destroy())
    for (const socket of [caller, server]) {
      sockets.add(socket.on('error', () => socket.destroy()))
      socket.setNoDelay().on('close', () => sockets.delete(socket))
    }
  }

  const listener = createServer(carry).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const way = new URL(url)
  way.port = String((listener.address() as AddressInfo).port)
  return {
    url: way.href,
    /** A commit that is kept may be answered by what a server says that ends the connection. */
    loseNextCommit: (fate: CommitFate, lastWords: Buffer = Buffer.alloc(0)): void => {
      next = { fate, lastWords }
    },
    landLate: async (): Promise<void> => {
      const landing = late
      late = []
      await Promise.all(landing.map((land) => land()))
    },
    close: (): void => {
      sockets.forEach((socket) => socket.destroy())
      listener.close()
    },
  }
}
