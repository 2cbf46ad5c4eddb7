import { readFileSync, statSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { parseTokenList, type StaticToken } from './token-list.ts'

/** What a token file says now, or why it says nothing; a problem never repeats its content. */
export type TokenFileContent = E.Either<string, ReadonlyArray<StaticToken>>

const unreadable = (error: unknown): string => `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`

const versionOf = (file: string): E.Either<string, string> =>
  E.tryCatch(() => {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true })
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ')
  }, unreadable)

const contentOf = (file: string): TokenFileContent => {
  const text = E.tryCatch(() => readFileSync(file, 'utf8'), unreadable)
  return E.isLeft(text) ? text : parseTokenList(text.right)
}

/** Looks at the file at every call and reads it when it changed. Content that was withdrawn is never served again. */
export const makeTokenFile = (file: string): (() => TokenFileContent) => {
  let version = ''
  let content: TokenFileContent = E.left('not read yet')
  return () => {
    const newest = versionOf(file)
    if (E.isLeft(newest)) return newest
    if (newest.right !== version) {
      content = contentOf(file)
      version = E.isRight(content) ? newest.right : ''
    }
    return content
  }
}
