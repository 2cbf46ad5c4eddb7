import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { DatabaseSettingError } from './database-setting-error.ts'

const certificates = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException
    throw new DatabaseSettingError(code, `the CA file ${file} of database.tls cannot be read (${code})`)
  }
}

const isCertificate = (text: string): boolean => {
  try {
    new X509Certificate(text)
    return true
  } catch {
    return false
  }
}

/**
 * The certificates in a CA file. The driver would take a file without any for no authority at all, and refuse every
 * server in other words.
 *
 * @throws DatabaseSettingError that names file and rule
 */
export const readCaFile = (file: string): string => {
  const text = textOf(file)
  const found = text.match(certificates) ?? []
  if (found.length === 0 || !found.every(isCertificate))
    throw new DatabaseSettingError(
      'CA_FILE_INVALID',
      `the CA file ${file} of database.tls must hold at least one certificate in PEM form, and none that is broken`,
    )
  return text
}
