import { createPrivateKey, X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { readFileIfThere, replaceFile } from '../state/durable-file.ts'
import type { Identity } from './certificate-authority.ts'

export interface IdentityFiles {
  certificateFile: string
  keyFile: string
}

export const identityFiles = (directory: string, name: string): IdentityFiles => ({
  certificateFile: join(directory, `${name}.crt`),
  keyFile: join(directory, `${name}.key`),
})

/** A pair that is on disk and belongs together. */
export const readIdentity = ({ certificateFile, keyFile }: IdentityFiles): Identity | undefined => {
  const certificate = readFileIfThere(certificateFile)
  const key = readFileIfThere(keyFile)
  return certificate !== undefined && key !== undefined && belongTogether(certificate, key)
    ? { certificate, key }
    : undefined
}

const belongTogether = (certificate: string, key: string): boolean => {
  try {
    return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}

/** Both files are written for their owner only (0600). */
export const writeIdentity = ({ certificateFile, keyFile }: IdentityFiles, { certificate, key }: Identity): void => {
  replaceFile(keyFile, key)
  replaceFile(certificateFile, certificate)
}
