import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { parseTokenList, type StaticToken } from './token-list.ts'

/** What a token file says, or why it says nothing; a problem never repeats its content. */
export type TokenFileContent = E.Either<string, ReadonlyArray<StaticToken>>

const unreadable = (error: unknown): string =>
  `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`

const contentOf = (file: string): TokenFileContent => {
  const text = E.tryCatch(() => readFileSync(file, 'utf8'), unreadable)
  return E.isLeft(text) ? text : parseTokenList(text.right)
}

const readEveryMilliseconds = 1000

/**
 * What the file says, at most a second old: reading it for every call would cost more than the call. Content that was
 * withdrawn is never served after that, and a file that cannot be used is read again by every call.
 */
export const makeTokenFile = (file: string, monotonic: () => number): (() => TokenFileContent) => {
  let content: TokenFileContent = E.left('not read yet')
  let readAt = 0
  return () => {
    const isFresh = E.isRight(content) && monotonic() - readAt < readEveryMilliseconds
    if (!isFresh) {
      readAt = monotonic()
      content = contentOf(file)
    }
    return content
  }
}
