import type { ServerRoot } from '@pull-secret/composition/server'
import type { RequestListener } from 'node:http'
import { metricsAnswer } from './probe-routes.ts'

/** Serves `/metrics` to whoever reaches the port, and nothing else. */
export const metricsListener = (meter: ServerRoot['meter']): RequestListener => async (request, response) => {
  if (request.url !== '/metrics' || (request.method !== 'GET' && request.method !== 'HEAD')) {
    response.writeHead(404).end()
    return
  }
  const { status, headers, body } = await metricsAnswer(meter)()
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body)
}
