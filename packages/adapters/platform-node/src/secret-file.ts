import { type SecretText, secretText } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { type FileProblem, openRereadFile, type RereadFile, type RereadFileOptions } from './reread-file.ts'

/** Secrets are tokens, passwords and keys; anything larger is the wrong file. */
const maximumSecretCharacters = 64 * 1024

const parseSecret = (text: string): E.Either<string, SecretText> => {
  const secret = text.trim()
  if (secret === '') return E.left('must not be empty')
  return secret.length > maximumSecretCharacters
    ? E.left('must not be longer than 64 KiB')
    : E.right(secretText(secret))
}

/** A mounted file that holds one secret; white space around it is no part of it. Read again when it changes. */
export const openSecretFile = (
  options: Omit<RereadFileOptions<SecretText>, 'parse'>,
): E.Either<FileProblem, RereadFile<SecretText>> => openRereadFile({ ...options, parse: parseSecret })
