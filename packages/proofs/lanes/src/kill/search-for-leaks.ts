import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Stage } from '../stage/open-stage.ts'
import type { LedgerDatabase } from './ledger-database.ts'
import { makeSecretSearch, type Secret, type SecretSearch } from './secret-search.ts'
import type { Traffic } from './traffic.ts'
import { keyOf } from './vendor-facts.ts'

export interface LeakSearch {
  readonly leaks: ReadonlyArray<string>
  readonly isSearchProved: boolean
}

export interface LeakSearchDeps {
  readonly stage: Stage
  readonly database: LedgerDatabase
  readonly traffic: Traffic
  readonly metrics: string
}

const canaryName = 'the canary'

const secretsOf = ({ stage, traffic }: LeakSearchDeps): ReadonlyArray<Secret> => {
  const { folder, quay, rhit } = stage
  const handed = [
    ...new Map(
      traffic
        .records()
        .flatMap(({ handed }) => handed)
        .map((entry) => [keyOf(entry), entry]),
    ).values(),
  ]
  return [
    { name: "the caller's token", text: folder.callerToken },
    { name: "the administrator's token", text: folder.administratorToken },
    { name: 'the encryption key', text: folder.encryptionKey },
    ...handed.flatMap(({ username, token }) => [
      { name: `the token of ${username}`, text: token },
      { name: `the encoded login of ${username}`, text: Buffer.from(`${username}:${token}`).toString('base64') },
    ]),
    ...quay.robots().map(({ name, token }) => ({ name: `the token of ${name}`, text: token })),
    ...rhit.serviceAccounts().map(({ username, password }) => ({ name: `the token of ${username}`, text: password })),
    ...traffic.fingerprintKeys().map((text) => ({ name: 'a fingerprint key', text })),
  ]
}

const inFile = async (file: string, search: SecretSearch): Promise<ReadonlyArray<string>> => {
  const found = new Set<string>()
  for await (const line of createInterface({ input: createReadStream(file) }))
    search(line).forEach((name) => found.add(name))
  return [...found]
}

/** Looks through everything that outlives a request for everything that must not. */
export const searchForLeaks = async (deps: LeakSearchDeps): Promise<LeakSearch> => {
  const { stage, database, traffic, metrics } = deps
  const canary = `canary${randomBytes(16).toString('hex')}`
  const dump = await database.dump()
  await database.bind(canary)
  const search = makeSecretSearch([...secretsOf(deps), { name: canaryName, text: canary }])
  const inDatabaseLog = await inFile(stage.databaseLogFile, search)
  const places: ReadonlyArray<{ readonly place: string; readonly found: ReadonlyArray<string> }> = [
    { place: "the service's log", found: await inFile(stage.serviceLogFile, search) },
    { place: "the database's log", found: inDatabaseLog.filter((name) => name !== canaryName) },
    { place: 'the metrics', found: search(metrics) },
    ...dump.map(({ table, text }) => ({ place: `the table ${table}`, found: search(text) })),
    ...traffic.otherBodies().map((text) => ({ place: 'an answer without a pull secret', found: search(text) })),
  ]
  return {
    leaks: [...new Set(places.flatMap(({ place, found }) => found.map((name) => `${name} is in ${place}`)))],
    isSearchProved: inDatabaseLog.includes(canaryName),
  }
}
