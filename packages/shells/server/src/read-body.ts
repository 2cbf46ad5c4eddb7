import type { IncomingMessage } from 'node:http'
import type { AnsweredError } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'

/** The bytes of a body, or why they are not taken. What exceeds the limit is thrown away as it comes. */
export const readBody = (request: IncomingMessage, limitBytes: number): Promise<E.Either<AnsweredError, Buffer>> => {
  const tooLarge = E.left<AnsweredError>({ code: 'PAYLOAD_TOO_LARGE', limitBytes })
  // A body that breaks off is no JSON; nobody is left to read the answer.
  const brokenOff = E.left<AnsweredError>({ code: 'MALFORMED_JSON' })
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return Promise.resolve(tooLarge)
  if (request.destroyed) return Promise.resolve(brokenOff)
  return new Promise((resolve) => {
    const chunks: Array<Buffer> = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= limitBytes) chunks.push(chunk)
      else {
        request.pause()
        resolve(tooLarge)
      }
    })
    request.once('end', () => resolve(E.right(Buffer.concat(chunks))))
    request.once('error', () => resolve(brokenOff))
    request.once('close', () => resolve(brokenOff))
  })
}
