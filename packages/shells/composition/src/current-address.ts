import { type Config, decodeSetting } from '@pull-secret/config'
import { type SecretText, secretText } from '@pull-secret/domain'
import { openRereadFile } from '@pull-secret/platform-node'
import * as E from 'fp-ts/lib/Either.js'
import type { StartFault } from './start-fault.ts'

const parseAddress = (text: string): E.Either<string, SecretText> => {
  const decoded = decodeSetting('database.url', text.trim())
  return E.isRight(decoded)
    ? E.right(secretText(decoded.right))
    : E.left(decoded.left.map(({ message }) => message.replace('the value', 'its content')).join('; '))
}

export interface CurrentAddressOptions {
  /** Told in one line of each version of the file that cannot be used. */
  readonly onProblem: (message: string) => void
  /** Milliseconds since an arbitrary start; this process's monotonic clock where absent. */
  readonly monotonic?: () => number
}

/**
 * The address of the database as it reads now: that of its file where one is configured, so that a changed password
 * counts for the next connection. A version of the file that cannot be used is told, and the one before it stays.
 */
export const currentAddress = (
  { url, urlFile }: Pick<Config['database'], 'url' | 'urlFile'>,
  { onProblem, monotonic }: CurrentAddressOptions,
): E.Either<StartFault, () => SecretText> => {
  if (urlFile === undefined) return E.right(() => url)
  const field = 'database.url_file'
  const opened = openRereadFile({
    file: urlFile,
    parse: parseAddress,
    onProblem: ({ message }) => onProblem(`${field}: ${message}`),
    monotonic,
  })
  return E.isLeft(opened) ? E.left({ field, message: opened.left.message }) : E.right(opened.right.current)
}
