import { type SecretText, secretText } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'

const line = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\x20-\x7e]*[\x21-\x7e])[ \t]*$/

/** Headers from lines `NAME: VALUE`; empty lines count for nothing. Otherwise the rule that the text breaks. */
export const parseHeaderLines = (text: string): E.Either<string, Readonly<Record<string, SecretText>>> => {
  const lines = text.split(/\r?\n/).filter((one) => one.trim() !== '')
  const headers: Record<string, SecretText> = {}
  for (const one of lines) {
    const [, name, value] = line.exec(one) ?? []
    if (name === undefined || value === undefined) return E.left('every line must read NAME: VALUE')
    headers[name] = secretText(value)
  }
  return E.right(headers)
}
