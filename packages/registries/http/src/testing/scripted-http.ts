import type { HttpClient } from '../http-client.ts'
import type { HttpAnswer, HttpRequest, HttpResult } from '../http-message.ts'

export interface ScriptedHttp extends HttpClient {
  /** Method and path of every call, in order. */
  readonly calls: ReadonlyArray<string>
}

export const answered = (status: number, body: unknown = ''): HttpAnswer => ({
  kind: 'answered',
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

/**
 * Answers from a script: for every method and path the results to give in turn, the last one for ever.
 * A call that the script does not know rejects.
 */
export const scriptedHttp = (script: Readonly<Record<string, ReadonlyArray<HttpResult>>>): ScriptedHttp => {
  const calls: Array<string> = []
  const exchange = async ({ method, url }: HttpRequest): Promise<HttpResult> => {
    const call = `${method} ${new URL(url).pathname}`
    const results = script[call] ?? []
    const result = results[Math.min(calls.filter((earlier) => earlier === call).length, results.length - 1)]
    if (result === undefined) throw new Error(`the script has no ${call}`)
    calls.push(call)
    return result
  }
  return { calls, send: exchange, read: exchange, close: () => Promise.resolve() }
}
