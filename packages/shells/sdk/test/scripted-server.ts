import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
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

export type Script = (call: ReceivedCall, response: ServerResponse) => void

/** A server on this machine that does what a spec says. */
export const startScriptedServer = async (script: Script): Promise<ScriptedServer> => {
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
    script(call, response)
  }
  const server = createServer((request, response) => void serve(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    calls,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** This status, body and headers; a body that is no text is sent as JSON. */
export const answer =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Script =>
  (_call, response) => {
    const [text, type] =
      typeof body === 'string' ? [body, {}] : [JSON.stringify(body), { 'content-type': 'application/json' }]
    response.writeHead(status, { ...type, ...headers }).end(text)
  }

/** One script for each call; the last also for all that follow. */
export const inTurn = (...scripts: readonly [Script, ...Array<Script>]): Script => {
  const rest = [...scripts]
  return (call, response) => {
    const [script] = rest.length > 1 ? rest.splice(0, 1) : rest
    script?.(call, response)
  }
}
