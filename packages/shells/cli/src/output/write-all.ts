import { writeFileSync } from 'node:fs'
import { Socket } from 'node:net'
import * as E from 'fp-ts/lib/Either.js'
import type { OutputStream } from '../process-context.ts'

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown reason'

/** Pipes and terminals are sockets to Node; standard output into anything else is a bare descriptor. */
const descriptorOf = (stream: OutputStream): number | undefined =>
  !(stream instanceof Socket) && 'fd' in stream && typeof stream.fd === 'number' ? stream.fd : undefined

const writeToFile = (descriptor: number, text: string): E.Either<string, void> =>
  E.tryCatch(() => {
    writeFileSync(descriptor, text)
  }, codeOf)

const writeToStream = (stream: OutputStream, text: string): Promise<E.Either<string, void>> =>
  new Promise((resolve) => {
    stream.write(text, (error) => {
      resolve(error ? E.left(codeOf(error)) : E.right(undefined))
    })
  })

/**
 * Writes the whole text, or gives the system's code for why not, such as `ENOSPC`. A file is written by its descriptor:
 * Node's stream takes a write that a full disk cut short for a whole one.
 */
export const writeAll = async (stream: OutputStream, text: string): Promise<E.Either<string, void>> => {
  const descriptor = descriptorOf(stream)
  return descriptor === undefined ? writeToStream(stream, text) : writeToFile(descriptor, text)
}
