import { request as httpRequest } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'

interface NamedObject {
  name: string
  token: string
  teams: Array<{ name: string }>
}

/**
 * The fields that specs read, each as the answer it belongs to has it; a field of another answer is undefined at run
 * time.
 */
export interface Json {
  token: string
  access_token: string
  expires_in: number
  message: string
  error_message: string
  error_type: string
  errors: Array<{ code: string }>
  description: string
  created: string
  tokenDate: string
  last_accessed: string | null
  unstructured_metadata: Record<string, unknown> | null
  credentials: { username: string; password: string }
  robots: Array<NamedObject>
  members: Array<NamedObject>
  serviceAccounts: Array<Record<string, unknown>>
  operations: Record<string, unknown>
  held: number
  name: string
}

/** `json` is an empty object where the text is not JSON. */
export interface Reply {
  status: number
  headers: Record<string, string | Array<string> | undefined>
  text: string
  json: Json
}

export interface Call {
  method?: string
  headers?: Record<string, string>
  body?: unknown
  /** TLS material. */
  tls?: Pick<RequestOptions, 'ca' | 'cert' | 'key'>
  signal?: AbortSignal
}

const parse = (text: string): Json => {
  try {
    return JSON.parse(text) as Json
  } catch {
    return {} as Json
  }
}

/** One request on a connection of its own. A body that is not text is sent as JSON. */
export const call = (
  url: string,
  { method = 'GET', headers = {}, body, tls = {}, signal }: Call = {},
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const content = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    const length = content === undefined ? {} : { 'content-length': String(Buffer.byteLength(content)) }
    const request = url.startsWith('https') ? httpsRequest : httpRequest
    const sent = request(
      url,
      { method, headers: { ...length, ...headers }, agent: false, ...tls, ...(signal ? { signal } : {}) },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parse(text) }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(content)
  })

/** The code of the error a call ends with. */
export const failureOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise
    return 'none'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? (error as Error).message
  }
}

export const basic = (username: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
})
