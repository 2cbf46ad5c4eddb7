import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

interface StoredKey {
  readonly name: string
  readonly note: string
  readonly secret: string
}

interface Answer {
  readonly status: number
  readonly body?: unknown
}

/** The vendor as a server on this machine, with the faults that the contract suite asks for. */
export interface ParcelSimulator {
  readonly url: string
  readonly names: () => ReadonlyArray<string>
  readonly addForeign: (name: string) => void
  /** The next request with this method is executed, and its connection ends without an answer. */
  readonly loseNextAnswer: (method: 'POST' | 'DELETE') => void
  readonly truncateNextListing: () => void
  readonly chooseNextSecret: (secret: string) => void
  readonly forgetAdministrator: () => void
  readonly close: () => Promise<void>
}

export const administratorToken = 'administrator'

const noSuchKey: Answer = { status: 404, body: { error: 'no_such_key' } }
const unauthorized: Answer = { status: 401, body: { error: 'unauthorized' } }

export const startParcelSimulator = async (): Promise<ParcelSimulator> => {
  const keys = new Map<string, StoredKey>()
  const lost = new Set<string>()
  let knowsAdministrator = true
  let isListingTruncated = false
  let nextSecret: string | undefined

  const add = (name: string, note: string): StoredKey => {
    const key = { name, note, secret: nextSecret ?? randomBytes(16).toString('hex') }
    nextSecret = undefined
    keys.set(name, key)
    return key
  }

  const listing = (): Answer => {
    const shown = isListingTruncated ? [] : [...keys.values()]
    isListingTruncated = false
    return { status: 200, body: { keys: shown.map(({ name, note }) => ({ name, note })), total: keys.size } }
  }

  const create = async (request: IncomingMessage): Promise<Answer> => {
    const { name, note } = (await json(request)) as StoredKey
    return keys.has(name) ? { status: 409, body: { error: 'name_taken' } } : { status: 201, body: add(name, note) }
  }

  const answerApi = async (request: IncomingMessage, name: string): Promise<Answer> => {
    if (!knowsAdministrator || request.headers.authorization !== `Bearer ${administratorToken}`) return unauthorized
    const key = keys.get(name)
    switch (`${request.method ?? ''} ${name === '' ? 'keys' : 'key'}`) {
      case 'GET keys':
        return listing()
      case 'POST keys':
        return create(request)
      case 'GET key':
        return key === undefined ? noSuchKey : { status: 200, body: key }
      case 'DELETE key':
        return keys.delete(name) ? { status: 204 } : noSuchKey
      default:
        return { status: 405 }
    }
  }

  const answerLogin = (request: IncomingMessage): Answer => {
    const login = Buffer.from((request.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString()
    return [...keys.values()].some(({ name, secret }) => login === `${name}:${secret}`) ? { status: 200 } : unauthorized
  }

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? ''
    const isLogin = path === '/v2/'
    const { status, body } = isLogin
      ? answerLogin(request)
      : await answerApi(request, decodeURIComponent(path.slice('/api/keys/'.length)))
    if (lost.delete(request.method ?? '')) {
      request.socket.destroy()
      return
    }
    if (isLogin && status === 401) response.setHeader('www-authenticate', 'Basic realm="parcel"')
    response.writeHead(status).end(body === undefined ? '' : JSON.stringify(body))
  }

  const server = createServer((request, response) => void respond(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    names: () => [...keys.keys()],
    addForeign: (name) => void add(name, 'somebody else'),
    loseNextAnswer: (method) => void lost.add(method),
    truncateNextListing: () => {
      isListingTruncated = true
    },
    chooseNextSecret: (secret) => {
      nextSecret = secret
    },
    forgetAdministrator: () => {
      knowsAdministrator = false
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
