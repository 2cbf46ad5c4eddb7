import { get as getOverHttp, type IncomingMessage, type RequestOptions } from 'node:http'
import { get as getOverTls } from 'node:https'
import { connect } from 'node:net'
import type { Config } from '@pull-secret/config'
import { probeOperations } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'

type Answer = E.Either<string, void>

const patienceMilliseconds = 4000

/** Whoever listens on all addresses also listens on that of the machine itself. */
const ownHost = (host: string): string => ({ '0.0.0.0': '127.0.0.1', '::': '::1' })[host] ?? host

const describe = (error: unknown): string => {
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown }
  return name === 'AbortError' || name === 'TimeoutError'
    ? `does not answer within ${String(patienceMilliseconds / 1000)} s`
    : `cannot be reached (${String(code ?? name)})`
}

const request = ({ tls }: Config['server'], options: RequestOptions): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    // The process asks itself, and must not be ended for a certificate that expired.
    const asked =
      tls === undefined ? getOverHttp(options, resolve) : getOverTls({ ...options, rejectUnauthorized: false }, resolve)
    asked.once('error', reject)
  })

const connectOnly = (host: string, port: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal })
    socket.once('error', reject).once('connect', () => {
      socket.destroy()
      resolve()
    })
  })

/**
 * Asks the server of this configuration, on this machine, whether it is alive. Where it demands certificates of
 * clients, only whether it takes connections. Left is the end of a sentence that begins with its address.
 */
export const askOwnServer = async (server: Config['server'], stop: AbortSignal): Promise<Answer> => {
  const [host, { port, tls }] = [ownHost(server.host), server]
  const signal = AbortSignal.any([stop, AbortSignal.timeout(patienceMilliseconds)])
  try {
    if (tls?.clientCaFile !== undefined) {
      await connectOnly(host, port, signal)
      return E.right(undefined)
    }
    const { path } = probeOperations.liveness
    const answer = await request(server, { host, port, path, signal, agent: false })
    answer.resume()
    return answer.statusCode === 200 ? E.right(undefined) : E.left(`answers ${path} with ${String(answer.statusCode)}`)
  } catch (error) {
    return E.left(describe(error))
  }
}
