import { type SecretText, secretText } from '@pull-secret/domain'
import { readMountedFile } from '@pull-secret/mounted-files'
import * as E from 'fp-ts/lib/Either.js'
import { fileVersion } from './file-version.ts'

/** A secret in a mounted file, read again whenever the file has changed. */
export interface SecretFile {
  /** The file's text without the white space around it; `undefined` while the file cannot be used. */
  readonly read: () => SecretText | undefined
}

const maximumBytes = 64 * 1024

/** A secret goes into a header; a line break in the middle of it is a sign of another file. */
const secretOf = (text: string): E.Either<string, SecretText> =>
  /\p{Cc}/u.test(text.trim())
    ? E.left('must hold one line without control characters')
    : E.right(secretText(text.trim()))

const contentOf = (path: string): E.Either<string, SecretText> =>
  E.flatMap(secretOf)(readMountedFile(path, maximumBytes))

/** Why the file cannot be used now; a sentence that names it and never its content. */
export const secretFileFault = (path: string): string | undefined => {
  const content = contentOf(path)
  return E.isLeft(content) ? `${path} ${content.left}` : undefined
}

export const makeSecretFile = (path: string): SecretFile => {
  let known: { readonly version: string; readonly secret: SecretText | undefined } | undefined

  return {
    read: () => {
      const version = fileVersion(path)
      if (version === undefined) return undefined
      if (known?.version !== version) {
        const content = contentOf(path)
        known = { version, secret: E.isRight(content) ? content.right : undefined }
      }
      return known.secret
    },
  }
}
