import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { decided } from '@pull-secret/domain'
import { aCluster } from '@pull-secret/domain/testing'
import type { TestDatabase } from '@pull-secret/embedded-postgres/testing'
import { fail, succeed } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { Pool } from 'pg'
import { anEmptyDatabase } from '../test/a-postgres-ledger.ts'
import { databaseSettings } from '../test/database-settings.ts'
import { type Database, makePostgresLedger, makePostgresReads, openDatabase } from './index.ts'

/** A way to the database that can swallow everything without a word, as a lost network does. */
const openSilencer = async (url: string) => {
  const target = new URL(url)
  const port = Number(target.port)
  const sockets: Array<Socket> = []
  const proxy = createServer((caller) => {
    const server = connect(port, target.hostname)
    sockets.push(caller, server)
    caller.pipe(server)
    server.pipe(caller)
    caller.on('error', () => server.destroy())
    server.on('error', () => caller.destroy())
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  target.port = String((proxy.address() as AddressInfo).port)
  return {
    url: target.href,
    silence: () => {
      sockets.forEach((socket) => socket.unpipe().pause())
    },
    close: () => {
      sockets.forEach((socket) => socket.destroy())
      proxy.close()
    },
  }
}

describe('the PostgreSQL ledger in trouble', () => {
  let testDatabase: TestDatabase
  let database: Database | undefined
  beforeEach(async () => {
    testDatabase = await anEmptyDatabase()
  })
  afterEach(async () => {
    await database?.close()
    await testDatabase.drop()
  })

  it('lets one locked cluster take one connection, so that others are served', async () => {
    database = await openDatabase(databaseSettings(testDatabase.url, { poolSize: 3 }))
    const ledger = makePostgresLedger(database)
    const outside = new Pool({ connectionString: testDatabase.url, max: 1 })
    const holder = await outside.connect()
    await holder.query('begin')
    await holder.query(`select pg_advisory_xact_lock(hashtextextended('cls-locked', 0))`)
    const waiting = Promise.all(
      Array.from({ length: 12 }, () => ledger.change('cls-locked', () => E.right(decided('changed')))()),
    )
    await succeed(
      ledger.change('cls-other1', () =>
        E.right(
          decided(undefined, [
            {
              kind: 'cluster_moved',
              rule: 'K1',
              before: undefined,
              after: aCluster({ id: 'cls-other1' }),
              cause: { subject: 's', reason: 'r', traceId: 't' },
            },
          ]),
        ),
      ),
    )
    expect((await succeed(makePostgresReads(database).cluster('cls-other1'))).cluster?.state).to.equal('live')
    await holder.query('rollback')
    holder.release()
    await outside.end()
    expect((await waiting).map((result) => result._tag)).to.deep.equal(Array.from({ length: 12 }, () => 'Right'))
  })

  it('does not write over a due time that was moved after a decision read it', async () => {
    database = await openDatabase(databaseSettings(testDatabase.url))
    const ledger = makePostgresLedger(database)
    const outside = new Pool({ connectionString: testDatabase.url, max: 1 })
    await succeed(
      ledger.change('cls-abc123', () =>
        E.right(
          decided(undefined, [
            {
              kind: 'cluster_moved',
              rule: 'K1',
              before: undefined,
              after: aCluster(),
              cause: { subject: 's', reason: 'r', traceId: 't' },
            },
          ]),
        ),
      ),
    )
    await outside.query('begin')
    await outside.query(`update clusters set next_attempt_at = '2020-01-01T00:00:00Z'`)
    let hasRead: () => void = () => undefined
    const read = new Promise<void>((resolve) => {
      hasRead = resolve
    })
    const noted = succeed(
      ledger.change('cls-abc123', ({ cluster }) => {
        hasRead()
        return E.right(
          decided(
            undefined,
            cluster === undefined
              ? []
              : [{ kind: 'cluster_noted', before: cluster, after: { ...cluster, externalId: 'ext-1' } }],
          ),
        )
      }),
    )
    await read
    await outside.query('commit')
    await outside.end()
    await noted
    const { cluster } = await succeed(ledger.change('cls-abc123', (found) => E.right(decided(found))))
    expect([cluster?.externalId, cluster?.nextAttemptAt]).to.deep.equal(['ext-1', Date.parse('2020-01-01T00:00:00Z')])
  })

  it('gives up on a connection that went away without a word, and goes on over another', async () => {
    const silencer = await openSilencer(testDatabase.url)
    database = await openDatabase(databaseSettings(silencer.url, { statementTimeoutSeconds: 1 }))
    const reads = makePostgresReads(database)
    await succeed(reads.ping)
    silencer.silence()
    expect((await fail(reads.cluster('cls-abc123'))).code).to.equal('LEDGER_UNAVAILABLE')
    await succeed(reads.cluster('cls-abc123'))
    silencer.close()
  })
})
