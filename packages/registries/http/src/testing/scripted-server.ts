import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'

export interface ReceivedCall {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface ScriptedServer {
  readonly url: string
  readonly calls: ReadonlyArray<ReceivedCall>
  readonly close: () => Promise<void>
}

export type Script = (call: ReceivedCall, response: ServerResponse, request: IncomingMessage) => void

/** A server on this machine that does what a spec says; with `tls` over HTTPS. */
export const startScriptedServer = async (script: Script, tls?: ServerOptions): Promise<ScriptedServer> => {
  const calls: Array<ReceivedCall> = []
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Array<Buffer> = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const call = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    }
    calls.push(call)
    script(call, response, request)
  }
  const listener = (request: IncomingMessage, response: ServerResponse): void => void serve(request, response)
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${String(port)}`,
    calls,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The usual script: this status, body and headers. */
export const answer =
  (status: number, body: unknown, headers: Readonly<Record<string, string | ReadonlyArray<string>>> = {}): Script =>
  (_call, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
  }
