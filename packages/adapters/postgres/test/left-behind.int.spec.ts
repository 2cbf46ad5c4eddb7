// Here and not beside a source file because it proves the tear-down of the other specs, a-postgres-ledger.ts.
import { succeed } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import type { PoolClient } from 'pg'
import { postgresLedgers, type PostgresLedgerSubject } from './a-postgres-ledger.ts'

interface Leftover {
  readonly told: string
  /** Leaves something behind; gives what takes it away again. */
  readonly leave: (subject: PostgresLedgerSubject, session: PoolClient) => Promise<() => Promise<unknown>>
}

const leftovers: ReadonlyArray<Leftover> = [
  {
    told: '1 connections in use',
    leave: async ({ database }) => {
      const client = await database.pool.connect()
      return async () => client.release()
    },
  },
  {
    told: '1 open transactions',
    leave: async (_subject, session) => {
      await session.query('begin')
      return () => session.query('rollback')
    },
  },
  {
    told: '1 advisory locks',
    leave: async (_subject, session) => {
      await session.query('select pg_advisory_lock(1)')
      return () => session.query('select pg_advisory_unlock(1)')
    },
  },
  {
    told: '1 shared objects that somebody holds',
    leave: async ({ sharedObjects }) => {
      const lease = await succeed(sharedObjects.take('file', '00000000-0000-4000-b000-000000000001', 30))
      return () => succeed(sharedObjects.release(lease))
    },
  },
]

const outcomeOf = (closing: Promise<void>): Promise<string> =>
  closing.then(
    () => 'closed',
    (error: unknown) => (error as Error).message,
  )

describe('the tear-down of a PostgreSQL ledger', () => {
  const open = postgresLedgers()

  leftovers.forEach(({ told, leave }) => {
    it(`fails while there are ${told.slice(2)}`, async () => {
      const subject = await open()
      const session = await subject.database.pool.connect()
      session.release()
      const takeAway = await leave(subject, session)
      const first = await outcomeOf(subject.close())
      await takeAway()
      expect([first, await outcomeOf(subject.close())]).to.deep.equal([`left behind: ${told}`, 'closed'])
    })
  })
})
