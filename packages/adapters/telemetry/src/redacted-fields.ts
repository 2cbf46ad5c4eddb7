import type { LogFields } from '@pull-secret/domain'
import { boundedText } from './bounded-text.ts'

const placeholder = '***REDACTED***'

const maximumValueBytes = 2048

const secretWords = [
  'passwords?',
  'secrets?',
  'tokens?',
  'auths?',
  'authorization',
  'cookie',
  'credentials?',
  '(api|private)_key',
  'dockerconfigjson',
  'identity',
]

const secretName = new RegExp(`(^|_)(${secretWords.join('|')})$`)

const inSnakeCase = (name: string): string =>
  name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()

const printable = (name: string, value: unknown): string | number | boolean => {
  if (secretName.test(inSnakeCase(name))) return placeholder
  if (typeof value === 'string') return boundedText(value, maximumValueBytes)
  return typeof value === 'number' || typeof value === 'boolean' ? value : placeholder
}

/**
 * The given fields as they may be printed: a field that is named like a secret, or is no plain value, shows a
 * placeholder.
 */
export const redactedFields = (fields: LogFields): Readonly<Record<string, string | number | boolean>> => {
  const shown: Record<string, string | number | boolean> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) shown[name] = printable(name, value)
  }
  return shown
}
