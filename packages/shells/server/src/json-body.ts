import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { AnsweredError } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { isJsonType } from './json-type.ts'
import { readBody } from './read-body.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

const isJson = ({ 'content-type': type, 'content-encoding': encoding }: IncomingHttpHeaders): boolean =>
  type !== undefined &&
  (type === 'application/json' || isJsonType(type)) &&
  (encoding === undefined || encoding.toLowerCase() === 'identity')

export const hasBody = (headers: IncomingHttpHeaders): boolean =>
  headers['transfer-encoding'] !== undefined ||
  (headers['content-length'] !== undefined && headers['content-length'] !== '0')

const parsed = (bytes: Buffer): E.Either<AnsweredError, unknown> =>
  E.tryCatch(
    (): unknown => JSON.parse(utf8.decode(bytes)),
    (): AnsweredError => ({ code: 'MALFORMED_JSON' }),
  )

/** The body as JSON. None at all is an empty object: every field of a request may be left out. */
export const jsonBody =
  (request: IncomingMessage, limitBytes: number): TaskEither<AnsweredError, unknown> =>
  async () => {
    const { headers } = request
    if (!hasBody(headers))
      return headers['content-type'] === undefined || isJson(headers)
        ? E.right({})
        : E.left({ code: 'UNSUPPORTED_MEDIA_TYPE' })
    if (!isJson(headers)) {
      const unread = await readBody(request, 0)
      return E.isRight(unread) && headers['content-type'] === undefined
        ? E.right({})
        : E.left({ code: 'UNSUPPORTED_MEDIA_TYPE' })
    }
    const bytes = await readBody(request, limitBytes)
    if (E.isLeft(bytes)) return bytes
    return bytes.right.length === 0 ? E.right({}) : parsed(bytes.right)
  }
