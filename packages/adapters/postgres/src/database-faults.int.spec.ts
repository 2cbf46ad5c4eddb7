import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import type { LedgerFault } from '@pull-secret/domain'
import type { TestDatabase } from '@pull-secret/embedded-postgres/testing'
import { fail, succeed } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { Client } from 'pg'
import { anEmptyDatabase } from '../test/a-postgres-ledger.ts'
import { databaseSettings } from '../test/database-settings.ts'
import { fatalError } from '../test/fatal-error.ts'
import { type DatabaseSettings, makePostgresLedger, makePostgresReads, openDatabase } from './index.ts'

interface Provoked {
  readonly what: string
  readonly code: string | ReadonlyArray<string>
  readonly isLasting: boolean
  readonly names: RegExp
  /** Statements of the superuser in the database. */
  readonly given?: string
  readonly url?: (own: URL) => void
  readonly settings?: Partial<DatabaseSettings>
}

/** A role of this spec; the server is shared with others. */
const role = 'faults_role'
const asRole = (url: URL): void => {
  url.username = role
  url.password = 'canary'
}

/** A statement about the database that it runs in, whose name stands for `%I`. */
const onThisDatabase = (statement: string): string =>
  `do $$ begin execute format('${statement}', current_database()); end $$`

const provoked: ReadonlyArray<Provoked> = [
  {
    what: 'a wrong password',
    code: '28P01',
    isLasting: true,
    names: /password of role "postgres".*database\.url/,
    url: (url) => {
      url.password = 'canary'
    },
  },
  {
    what: 'no password',
    code: 'PASSWORD_MISSING',
    isLasting: true,
    names: /password of role "postgres".*database\.url/,
    url: (url) => {
      url.password = ''
    },
  },
  {
    what: 'an unknown role',
    code: '28P01',
    isLasting: true,
    names: /role "nobody_knows"/,
    url: (url) => {
      url.username = 'nobody_knows'
    },
  },
  {
    what: 'a role that may not log in',
    code: '28000',
    isLasting: true,
    names: new RegExp(role),
    given: `alter role ${role} nologin`,
    url: asRole,
  },
  {
    what: 'an unknown database',
    code: '3D000',
    isLasting: true,
    names: /no database "nowhere"/,
    url: (url) => {
      url.pathname = '/nowhere'
    },
  },
  {
    what: 'a database that the role may not enter',
    code: '42501',
    isLasting: true,
    names: /lacks a right/,
    given: onThisDatabase('revoke connect on database %I from public'),
    url: asRole,
  },
  {
    what: 'a table that the role may not write',
    code: '42501',
    isLasting: true,
    names: /lacks a right/,
    given: `grant all on all tables in schema public to ${role}; revoke insert on registry_credentials from ${role}`,
    url: asRole,
  },
  {
    what: 'too many connections',
    code: '53300',
    isLasting: false,
    names: /too many connections/,
    given: `alter role ${role} connection limit 0`,
    url: asRole,
  },
  {
    what: 'a read-only database',
    code: '25006',
    isLasting: false,
    names: /read-only/,
    given: onThisDatabase('alter database %I set default_transaction_read_only = on'),
  },
  {
    what: 'a missing table',
    code: '42P01',
    isLasting: true,
    names: /schema.*pull-secret migrate/,
    given: 'drop table audit_chains',
  },
  {
    what: 'no room for a file of half a megabyte',
    code: '53400',
    isLasting: false,
    names: /resource.*53400/,
    given: onThisDatabase('alter database %I set temp_file_limit = 0'),
  },
  {
    what: 'a server without TLS',
    code: 'TLS_NOT_OFFERED',
    isLasting: true,
    names: /offers no TLS.*database\.tls/,
    settings: { tls: { mode: 'verify-full' } },
  },
  {
    what: 'a port where nothing listens',
    code: 'ECONNREFUSED',
    isLasting: false,
    names: /nothing accepts connections at.*127\.0\.0\.1:1:/,
    url: (url) => {
      url.port = '1'
    },
  },
  {
    what: 'an unknown host',
    code: ['ENOTFOUND', 'EAI_AGAIN'],
    isLasting: true,
    names: /nowhere\.invalid:/,
    url: (url) => {
      url.hostname = 'nowhere.invalid'
    },
  },
]

/** Says to every caller what a server says that is starting, or nothing at all. */
const startServer = async (saying: 'starting' | 'nothing'): Promise<Server> => {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    if (saying === 'nothing') return
    socket.end(fatalError('57P03', 'the database system is starting up'))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

describe('what a database fails with', () => {
  let testDatabase: TestDatabase
  let outside: Client
  let closings: ReadonlyArray<() => unknown> = []

  beforeEach(async () => {
    testDatabase = await anEmptyDatabase()
    outside = new Client({ connectionString: testDatabase.url })
    await outside.connect()
    await outside.query(`create role ${role} login password 'canary'`)
  })
  afterEach(async () => {
    for (const close of closings) await close()
    closings = []
    await outside.query(`drop owned by ${role}; drop role ${role}`)
    await outside.end()
    await testDatabase.drop()
  })

  const opened = async (url: string, settings: Partial<DatabaseSettings> = {}) => {
    const told: Array<LedgerFault> = []
    const database = await openDatabase(
      databaseSettings(url, { onFault: (fault) => void told.push(fault), statementTimeoutSeconds: 1, ...settings }),
    )
    closings = [...closings, database.close]
    return { database, told }
  }

  provoked.forEach(({ what, code, isLasting, names, given, url: change, settings }) => {
    it(`is told by a ping: ${what}`, async () => {
      if (given !== undefined) await outside.query(given)
      const url = new URL(testDatabase.url)
      change?.(url)
      const { database, told } = await opened(url.href, settings)
      const { fault } = await fail(makePostgresReads(database).ping)
      expect(fault?.code).to.be.oneOf([code].flat())
      expect(fault?.isLasting).to.equal(isLasting && fault?.code !== 'EAI_AGAIN')
      expect(fault?.message)
        .to.match(names)
        .and.to.include(`${url.hostname}:${url.port}`)
        .and.not.to.match(/canary|postgres:/)
      expect(told).to.deep.equal([fault])
    })
  })

  for (const [saying, code] of [
    ['starting', '57P03'],
    ['nothing', 'CONNECT_TIMEOUT'],
  ] as const) {
    it(`is told by a ping: a server that says ${saying}`, async () => {
      const server = await startServer(saying)
      closings = [() => server.close()]
      const url = new URL(testDatabase.url)
      url.port = String((server.address() as AddressInfo).port)
      const { database } = await opened(url.href)
      const failure = await fail(makePostgresReads(database).ping)
      expect(failure).to.have.property('fault').that.includes({ code, isLasting: false })
    })
  }

  it('is told by a ping before long: a table that somebody locks', async () => {
    const { database } = await opened(testDatabase.url)
    await outside.query('begin; lock table registry_credentials in access exclusive mode')
    const failure = await fail(makePostgresReads(database).ping)
    await outside.query('rollback')
    expect(failure).to.have.property('fault').that.includes({ code: '55P03', isLasting: false })
  })

  it('is told by a change: a statement that takes too long', async () => {
    const { database } = await opened(testDatabase.url)
    await outside.query(`begin; select pg_advisory_xact_lock(hashtextextended('cls-locked', 0))`)
    const failure = await fail(makePostgresLedger(database).change('cls-locked', () => E.left(undefined as never)))
    await outside.query('rollback')
    expect(failure).to.have.property('fault').that.includes({ code: '57014', isLasting: false })
  })

  it('is nothing for a ping while somebody holds the row that it would write', async () => {
    await outside.query(`insert into deployment (single, id) values (true, 'spec'); begin`)
    await outside.query('select * from deployment for update')
    const { database, told } = await opened(testDatabase.url)
    await succeed(makePostgresReads(database).ping)
    await outside.query('rollback')
    expect(told).to.deep.equal([])
  })
})
