import type { Config } from './config.ts'

const redacted = '**REDACTED**'

const snakeCase = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const mapEntries = (
  record: object,
  change: (key: string, value: unknown) => readonly [string, unknown],
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(record)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => change(key, value)),
  )

/**
 * Sections of adapters are not decoded yet: what may be a secret by its key is taken for one, unless the key names a
 * file.
 */
const mayHoldSecret = (key: string): boolean =>
  /secret|token|passw|passphrase|pwd|key|credential|auth|bearer|cert|pem/i.test(key) &&
  !/_(file|path|dir|seconds|days|url)$/i.test(key)

/** An address may carry credentials before its host or in its query. */
const showText = (text: string): string =>
  text.replace(/\/\/.*@/s, `//${redacted}@`).replace(/(:\/\/[^?]*\?).*$/s, `$1${redacted}`)

const showSection = (value: unknown, key: string): unknown => {
  if (mayHoldSecret(key)) return redacted
  if (Array.isArray(value)) return value.map((item: unknown) => showSection(item, key))
  if (typeof value === 'object' && value !== null)
    return mapEntries(value, (name, item) => [name, showSection(item, name)])
  return typeof value === 'string' ? showText(value) : value
}

const show = (value: unknown): unknown => {
  if (value instanceof RegExp) return value.source
  if (Array.isArray(value)) return value.map(show)
  if (typeof value !== 'object' || value === null) return value
  return mapEntries(value, (key, item) => [snakeCase(key), key === 'config' ? showSection(item, key) : show(item)])
}

/** The effective configuration as it may be printed, under the names that the file uses. */
export const redactedConfig = (config: Config): Record<string, unknown> =>
  show({ ...config, database: { ...config.database, url: redacted } }) as Record<string, unknown>
