import { readFileSync } from 'node:fs'
import { type SecretText, secretText } from '@pull-secret/domain'
import { fileVersion } from './file-version.ts'

/** A secret in a mounted file, read again whenever the file has changed. */
export interface SecretFile {
  /** The file's text without the white space around it; `undefined` when it cannot be read or is empty. */
  readonly read: () => SecretText | undefined
}

export const makeSecretFile = (path: string): SecretFile => {
  let known: { readonly version: string; readonly secret: SecretText | undefined } | undefined

  return {
    read: () => {
      try {
        const version = fileVersion(path)
        if (version === undefined) return undefined
        if (known?.version !== version) {
          const text = readFileSync(path, 'utf8').trim()
          known = { version, secret: text === '' ? undefined : secretText(text) }
        }
        return known.secret
      } catch {
        return undefined
      }
    },
  }
}
