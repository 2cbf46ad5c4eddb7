import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Exchange } from './exchange.ts'

export type Asked = Pick<Exchange, 'method' | 'path' | 'requestBody'> & { readonly authorization: string }
export type Told = Pick<Exchange, 'status' | 'mediaType' | 'answerBody'>

/** A server that others take for the one they mean, and that records what it is asked and what it answers. */
export interface Recorder {
  readonly url: string
  /** Oldest first. */
  readonly exchanges: () => ReadonlyArray<Exchange>
  readonly close: () => Promise<void>
}

const parsed = (text: string): unknown => (text === '' ? undefined : (JSON.parse(text) as unknown))

/** Answers with what another server answers to the same request. */
export const passedOnTo =
  (url: string) =>
  async ({ method, path, authorization, requestBody }: Asked): Promise<Told> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(requestBody === undefined ? {} : { body: JSON.stringify(requestBody) }),
    })
    const [mediaType = ''] = (answer.headers.get('content-type') ?? '').split(';')
    return { status: answer.status, mediaType, answerBody: parsed(await answer.text()) }
  }

export const startRecorder = async (answer: (asked: Asked) => Promise<Told>): Promise<Recorder> => {
  const exchanges: Array<Exchange> = []
  const server = createServer((request, response) => {
    const respond = async (): Promise<void> => {
      const chunks: Array<Uint8Array> = []
      for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk)
      const asked = {
        method: request.method ?? '',
        path: request.url ?? '',
        requestBody: parsed(Buffer.concat(chunks).toString('utf8')),
      }
      const told = await answer({ ...asked, authorization: request.headers.authorization ?? '' })
      exchanges.push({ ...asked, ...told })
      response.writeHead(told.status, { 'content-type': told.mediaType })
      response.end(told.answerBody === undefined ? '' : JSON.stringify(told.answerBody))
    }
    respond().catch((error: unknown) => response.destroy(error instanceof Error ? error : new Error(String(error))))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    exchanges: () => exchanges,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}
