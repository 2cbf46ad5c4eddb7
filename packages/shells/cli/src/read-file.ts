import { constants, createReadStream, fstatSync, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { addAbortSignal, type Readable } from 'node:stream'
import { isatty, ReadStream } from 'node:tty'
import * as E from 'fp-ts/lib/Either.js'

/** Why a file gives no text. */
export type FileFault = 'absent' | 'unreadable' | 'too_long'

/** Reads a text file of at most 1 MiB whole. */
export type ReadNamedFile = (path: string) => Promise<E.Either<FileFault, string>>

const mebibyte = 1024 * 1024

/** Completes the sentence "FILE …". */
export const describeFileFault: Readonly<Record<FileFault, string>> = {
  absent: 'does not exist',
  unreadable: 'cannot be read',
  too_long: 'is longer than 1 MiB',
}

/** A read of a pipe or terminal by way of a thread would block that thread, and with it the end of the process. */
const streamOf = (path: string): Readable => {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  if (isatty(file)) return new ReadStream(file)
  return fstatSync(file).isFIFO()
    ? new Socket({ fd: file, readable: true, writable: false })
    : createReadStream(path, { fd: file })
}

/** The text of a stream of at most 1 MiB; what is longer is not read to its end. */
export const textOf = async (stream: AsyncIterable<Buffer | string>): Promise<E.Either<'too_long', string>> => {
  const chunks: Array<Buffer> = []
  let length = 0
  for await (const piece of stream) {
    const chunk = Buffer.from(piece)
    chunks.push(chunk)
    length += chunk.length
    if (length > mebibyte) return E.left('too_long')
  }
  return E.right(Buffer.concat(chunks).toString('utf8'))
}

const isAbsent = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')

/** Reads files, which may be pipes such as `/dev/stdin`, until `stop` aborts. */
export const makeReadFile =
  (stop: AbortSignal): ReadNamedFile =>
  async (path) => {
    try {
      return await textOf(addAbortSignal(stop, streamOf(path)))
    } catch (error) {
      return E.left(isAbsent(error) ? 'absent' : 'unreadable')
    }
  }
