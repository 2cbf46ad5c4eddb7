import { readMountedFile } from '@pull-secret/mounted-files'
import * as E from 'fp-ts/lib/Either.js'
import { parseTokenList, type StaticToken } from './token-list.ts'

/** What a token file says, or why it says nothing; a problem never repeats its content. */
export type TokenFileContent = E.Either<string, ReadonlyArray<StaticToken>>

/** Why a file of tokens cannot be used: names entry, field and rule, never content of the file. */
export interface TokenFileProblem {
  readonly file: string
  readonly message: string
}

export const problemOf = (file: string, rule: string): TokenFileProblem => ({ file, message: `${file}: ${rule}` })

const contentOf = (file: string): TokenFileContent => E.flatMap(parseTokenList)(readMountedFile(file))

/** Whether the file can be used now. */
export const checkTokenFile = (file: string): E.Either<TokenFileProblem, void> => {
  const content = contentOf(file)
  return E.isRight(content) ? E.right(undefined) : E.left(problemOf(file, content.left))
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
