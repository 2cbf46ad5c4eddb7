import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { ReviewsPlan } from './api-server.ts'

interface Review {
  readonly kind: 'TokenReview' | 'SubjectAccessReview'
  readonly spec: { readonly token?: string }
}

const statusOf = ({ kind, spec }: Review, accounts: ReviewsPlan['accounts']): object => {
  if (kind === 'SubjectAccessReview') return { allowed: true }
  const username = accounts[spec.token ?? '']
  return username === undefined ? { error: 'invalid bearer token' } : { authenticated: true, user: { username } }
}

/**
 * The reviews of an API server that knows some accounts, which may do everything. It does nothing else, so that a flood
 * takes as little time as can be from what is measured.
 */
process.once('message', ({ accounts, tls }: ReviewsPlan) => {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const review = (await json(request)) as Review
    const body = JSON.stringify({ ...review, status: statusOf(review, accounts) })
    response.writeHead(201, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }).end(body)
  }
  const server = createServer(
    { cert: tls.certificate, key: tls.key },
    (request, response) => void answer(request, response),
  )
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
})
