import { X509Certificate } from 'node:crypto'
import { readMountedFile } from '@pull-secret/mounted-files'
import * as E from 'fp-ts/lib/Either.js'
import { DatabaseSettingError } from './database-setting-error.ts'

const certificates = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

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
  const text = readMountedFile(file)
  if (E.isLeft(text))
    throw new DatabaseSettingError('CA_FILE_UNREADABLE', `the CA file ${file} of database.tls ${text.left}`)
  const found = text.right.match(certificates) ?? []
  const begun = text.right.match(/-----BEGIN CERTIFICATE-----/g) ?? []
  if (found.length === 0 || found.length < begun.length || !found.every(isCertificate))
    throw new DatabaseSettingError(
      'CA_FILE_INVALID',
      `the CA file ${file} of database.tls must hold at least one certificate in PEM form, and none that is broken`,
    )
  return text.right
}
