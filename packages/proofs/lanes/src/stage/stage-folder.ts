import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSandboxCertificates } from '@pull-secret/registry-simulators'
import { hashSync } from 'bcryptjs'

/** The files that a service of the stage is configured with, and the secrets in them. */
export interface StageFolder {
  readonly path: string
  readonly htpasswdFile: string
  readonly authority: string
  readonly server: { readonly certificate: string; readonly key: string }
  readonly callerToken: string
  readonly administratorToken: string
  readonly encryptionKey: string
  /** A user of the registry who is not the service's; its line of the htpasswd file, and its password. */
  readonly somebody: { readonly username: string; readonly password: string; readonly line: string }
}

/** The least that bcrypt allows: the one password is random. */
const bcryptCost = 4

const makeSomebody = (): StageFolder['somebody'] => {
  const password = randomBytes(24).toString('hex')
  return { username: 'somebody', password, line: `somebody:${hashSync(password, bcryptCost)}` }
}

const today = (): string => `${new Date().toISOString().slice(0, 10)}T00:00:00Z`

/**
 * Fills a new folder. Other users may pass through it, since a pooler may have to run as one, and read none of these
 * files.
 */
export const fillStageFolder = async (path: string): Promise<StageFolder> => {
  const { authority, server, client } = await createSandboxCertificates({
    directory: join(path, 'certificates'),
    clientName: 'hyperfleet',
  })
  const callerToken = `caller-${randomBytes(24).toString('hex')}`
  const administratorToken = `administrator-${randomBytes(24).toString('hex')}`
  const encryptionKey = randomBytes(32).toString('base64')
  const write = (name: string, text: string): void => {
    writeFileSync(join(path, name), text, { mode: 0o600 })
  }
  const somebody = makeSomebody()
  chmodSync(path, 0o711)
  mkdirSync(join(path, 'registry'), { mode: 0o700 })
  write('authority.pem', authority.certificate)
  write('client.pem', client.certificate)
  write('client.key', client.key)
  write('quay.token', administratorToken)
  write(
    'key-ring.json',
    JSON.stringify({ writing: 'first', keys: [{ id: 'first', key: encryptionKey, created_at: today() }] }),
  )
  const caller = {
    subject: 'adapter',
    token_sha256: createHash('sha256').update(callerToken).digest('hex'),
    permissions: ['*'],
  }
  write('tokens.json', JSON.stringify([caller]))
  const htpasswdFile = join(path, 'registry', 'htpasswd')
  writeFileSync(htpasswdFile, `${somebody.line}\n`)
  return {
    path,
    htpasswdFile,
    authority: authority.certificate,
    server,
    callerToken,
    administratorToken,
    encryptionKey,
    somebody,
  }
}
