import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import * as promises from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeInMemoryClock, makeSilentLogger } from '@pull-secret/in-memory'
import { registryClientSuite } from '@pull-secret/port-contracts'
import { everyTurn } from '@pull-secret/registry-http/testing'
import { compare } from 'bcryptjs'
import { makeDistributionClient } from './distribution-client.ts'
import type { FileSystem } from './file-place.ts'
import { makeTokenHashes } from './token-hashes.ts'

const failing = (code: string) => () => Promise.reject(Object.assign(new Error('no'), { code }))

/** What the registry reads: the file's users with their hashes. */
const usersIn = (file: string): ReadonlyMap<string, string> => {
  const lines = existsSync(file) ? readFileSync(file, 'latin1').split('\n') : []
  return new Map(
    lines
      .filter((line) => line.startsWith('hyp-'))
      .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  )
}

describe('the distribution client', () => {
  const bcrypt = makeTokenHashes()
  after(() => bcrypt.close())

  registryClientSuite(() => {
    const folder = mkdtempSync(join(tmpdir(), 'registry-distribution-'))
    const file = join(folder, 'htpasswd')
    const faults: Partial<FileSystem> = {}
    const files: FileSystem = {
      lstat: promises.lstat,
      realpath: promises.realpath,
      access: (...request) => (faults.access ?? promises.access)(...request),
      open: (...request) => promises.open(...request),
      readFile: ((...request: Parameters<typeof promises.readFile>) =>
        (faults.readFile ?? promises.readFile)(...request)) as typeof promises.readFile,
      rename: (...request) => (faults.rename ?? promises.rename)(...request),
      rm: (...request) => promises.rm(...request),
      stat: promises.stat,
    }
    const accepts = (username: string, token: string) => compare(token, usersIn(file).get(username) ?? '')
    const clock = makeInMemoryClock()
    const client = makeDistributionClient({
      registryId: 'internal',
      deploymentId: 'contract',
      callSeconds: 5,
      turns: everyTurn,
      logger: makeSilentLogger(),
      clock,
      config: { htpasswdFile: file },
      files,
      bcrypt,
      validateCredential:
        ({ username, token }) =>
        async () => ({ kind: (await accepts(username, token.reveal())) ? 'valid' : 'invalid' }),
    })
    const others = () => readdirSync(folder).filter((name) => name !== 'htpasswd')
    return Promise.resolve({
      client,
      deadline: () => clock.monotonic() + 60_000,
      passedDeadline: () => clock.monotonic() - 1,
      accepts,
      objects: () => Promise.resolve([...usersIn(file).keys(), ...others()]),
      addForeign: undefined,
      loseNextAnswer: () => {
        faults.rename = async (...request) => {
          delete faults.rename
          await promises.rename(...request)
          return failing('EIO')()
        }
        return Promise.resolve()
      },
      chooseNextToken: undefined,
      forgetAdministrator: () => {
        Object.assign(faults, { access: failing('EACCES'), readFile: failing('EACCES') })
        return Promise.resolve()
      },
      longOperations: undefined,
      truncateNextListing: undefined,
      closeClient: () => Promise.resolve(),
      close: async () => rmSync(folder, { recursive: true }),
    })
  })
})
