import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'
import { operatorToken } from './a-server.ts'

export interface Asking {
  readonly method?: string
  /** Null: no token. */
  readonly token?: string | null
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Buffer
  /** Sent as JSON under its content type. */
  readonly json?: unknown
}

export interface Received {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly json: Readonly<Record<string, unknown>>
}

const parsed = (text: string, type = ''): Readonly<Record<string, unknown>> =>
  type.includes('json') && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {}

/** Sends the path exactly as it is given. */
export const ask = (
  url: string,
  path: string,
  { method = 'GET', token = operatorToken, headers = {}, body, json }: Asking = {},
): Promise<Received> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const content = json === undefined ? body : JSON.stringify(json)
    const sent = request(
      {
        hostname,
        port,
        path,
        method,
        agent: false,
        headers: {
          ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
          ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Array<Buffer> = []
        response.on('data', (chunk: Buffer) => void chunks.push(chunk))
        response.once('error', reject)
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString()
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            json: parsed(text, response.headers['content-type']),
          })
        })
      },
    )
    sent.once('error', reject)
    sent.end(content)
  })
