import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'

export interface ReceivedRequest {
  method: string
  /** Decoded path segments. */
  segments: ReadonlyArray<string>
  /** The decoded path. */
  path: string
  query: URLSearchParams
  authorization: string | undefined
  body: string
  /** Common name of the client certificate that TLS accepted. */
  clientName: string | undefined
}

/** More than any vendor accepts: past it the connection is closed unread. */
const maximumBodyBytes = 4 * 1024 * 1024

const readBody = async (message: IncomingMessage): Promise<string | undefined> => {
  const chunks: Array<Buffer> = []
  let size = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maximumBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const decodeSegments = (pathname: string): ReadonlyArray<string> | undefined => {
  try {
    return pathname.split('/').slice(1).map(decodeURIComponent)
  } catch {
    return undefined
  }
}

const clientNameOf = (message: IncomingMessage): string | undefined => {
  const socket = message.socket as Partial<TLSSocket>
  const name = socket.authorized === true ? socket.getPeerCertificate?.().subject.CN : undefined
  return Array.isArray(name) ? name[0] : name
}

/** Reads a whole request; a refusal is the status the caller gets. Rejects when the caller leaves before it is sent. */
export const receiveRequest = async (message: IncomingMessage): Promise<ReceivedRequest | { refusal: 400 | 413 }> => {
  const target = URL.canParse(message.url ?? '', 'http://simulator')
    ? new URL(message.url ?? '', 'http://simulator')
    : undefined
  const segments = target && decodeSegments(target.pathname)
  const body = await readBody(message)
  if (body === undefined) return { refusal: 413 }
  if (target === undefined || segments === undefined) return { refusal: 400 }
  return {
    method: message.method ?? 'GET',
    segments,
    path: `/${segments.join('/')}`,
    query: target.searchParams,
    authorization: message.headers.authorization,
    body,
    clientName: clientNameOf(message),
  }
}
