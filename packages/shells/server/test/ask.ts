import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import type { ConnectionOptions } from 'node:tls'
import { operatorToken } from './a-server.ts'
import { undescribed } from './described-answers.ts'

export interface Asking {
  /** Which of the server's ports the URL is of. */
  readonly port?: 'api' | 'metrics'
  readonly method?: string
  /** Null: no token. */
  readonly token?: string | null
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Buffer
  /** Sent as JSON under its content type. */
  readonly json?: unknown
  /** Where the address says so; specs of TLS itself name whom they trust. */
  readonly tls?: ConnectionOptions
}

export interface Received {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly json: Readonly<Record<string, unknown>>
}

const parsed = (text: string, type = ''): Readonly<Record<string, unknown>> =>
  type.includes('json') && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {}

/** Sends the path exactly as it is given. Rejects when the API description does not allow for the answer. */
export const ask = (
  url: string,
  path: string,
  {
    port: of = 'api',
    method = 'GET',
    token = operatorToken,
    headers = {},
    body,
    json,
    tls = { rejectUnauthorized: false },
  }: Asking = {},
): Promise<Received> =>
  new Promise((resolve, reject) => {
    const { protocol, hostname, port } = new URL(url)
    const request = protocol === 'https:' ? requestTls : requestPlain
    const content = json === undefined ? body : JSON.stringify(json)
    const sent = request(
      {
        ...tls,
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
          const { headers: received, statusCode: status = 0 } = response
          const fault = undescribed({ port: of, method, path, status, headers: received, text })
          if (fault === undefined)
            resolve({ status, headers: received, text, json: parsed(text, received['content-type']) })
          else reject(new Error(`the API description does not allow for it: ${fault}`))
        })
      },
    )
    sent.once('error', reject)
    sent.end(content)
  })
