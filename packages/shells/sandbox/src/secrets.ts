import { createHash, randomBytes } from 'node:crypto'
import { generateKeyRing } from '@pull-secret/server'
import { keptFile } from './kept-file.ts'
import { replaceFile } from './replace-file.ts'
import type { SandboxFiles } from './sandbox-files.ts'

export interface SandboxSecrets {
  /** May do everything at this sandbox. */
  readonly token: string
  /** Of an account that has the rights of a HyperFleet adapter, where Kubernetes decides. */
  readonly adapterToken: string
  /** Administers the simulated organization. */
  readonly quayToken: string
}

const tokenBytes = 32

const keptToken = (file: string): string =>
  keptFile(file, () => `${randomBytes(tokenBytes).toString('base64url')}\n`).trim()

const accessList = (token: string): string => {
  const hash = createHash('sha256').update(token).digest('hex')
  return `${JSON.stringify([{ subject: 'sandbox', token_sha256: hash, permissions: ['*'] }], undefined, 2)}\n`
}

/** The secrets of this sandbox: made at its first start, kept ever after. */
export const keptSecrets = (files: SandboxFiles): SandboxSecrets => {
  const token = keptToken(files.token)
  const adapterToken = keptToken(files.adapterToken)
  const quayToken = keptToken(files.quayToken)
  keptFile(files.keyRing, () => generateKeyRing(Date.now()).reveal())
  replaceFile(files.accessTokens, accessList(token))
  replaceFile(files.authHeader, `Authorization: Bearer ${token}\n`)
  return { token, adapterToken, quayToken }
}
