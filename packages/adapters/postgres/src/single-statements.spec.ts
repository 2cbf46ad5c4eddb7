import { expect } from 'chai'
import type { Database } from './open-database.ts'
import { readingStatements, writingStatements } from './single-statements.ts'

const coded = (code: string): Error => Object.assign(new Error(code), { code })

/** A connection that answers with these errors in turn, and then with a row. */
const aDatabase = (errors: ReadonlyArray<Error>, idleCount = 0) => {
  const left = [...errors]
  let asked = 0
  const query = (): Promise<{ readonly rows: ReadonlyArray<object> }> => {
    asked += 1
    const error = left.shift()
    return error === undefined ? Promise.resolve({ rows: [{ id: 1 }] }) : Promise.reject(error)
  }
  const database = {
    send: <A>(_name: string, send: () => Promise<A>) => send(),
    connections: { use: (work: (client: object) => unknown) => work({ query }), mayBeLost: () => idleCount + 1 },
    preparedStatements: true,
    writes: { take: <A>(work: () => Promise<A>) => work() },
  } as unknown as Database
  return { database, asked: () => asked }
}

const lost: ReadonlyArray<Error> = [
  new Error('Connection terminated unexpectedly'),
  new Error('Client has encountered a connection error and is not queryable'),
  coded('57P01'),
  coded('57P02'),
  coded('08006'),
  coded('ECONNRESET'),
  coded('EPIPE'),
]

const notLost: ReadonlyArray<Error> = [
  new Error('Query read timeout'),
  coded('57014'),
  coded('55P03'),
  coded('42501'),
  coded('53300'),
  coded('ECONNREFUSED'),
]

describe('single statements', () => {
  it('that read are repeated once where their connection was lost', async () => {
    for (const error of lost) {
      const { database, asked } = aDatabase([error])
      expect(await readingStatements(database).query('name', 'select', [])).to.deep.equal([{ id: 1 }])
      expect(asked(), error.message).to.equal(2)
    }
  })

  it('that read are repeated as often as idle connections may have been lost together', async () => {
    const { database, asked } = aDatabase([coded('57P01'), coded('57P01'), coded('57P01')], 2)
    expect(await readingStatements(database).query('name', 'select', [])).to.deep.equal([{ id: 1 }])
    expect(asked()).to.equal(4)
  })

  it('that read are not repeated a second time where no connection is idle', async () => {
    const { database, asked } = aDatabase([coded('57P01'), coded('57P01')])
    const failed = await readingStatements(database)
      .query('name', 'select', [])
      .catch((error: unknown) => error)
    expect([(failed as Error).message, asked()]).to.deep.equal(['57P01', 2])
  })

  it('that read are not repeated for any other reason', async () => {
    for (const error of notLost) {
      const { database, asked } = aDatabase([error])
      const failed = await readingStatements(database)
        .query('name', 'select', [])
        .catch((thrown: unknown) => thrown)
      expect([failed, asked()]).to.deep.equal([error, 1])
    }
  })

  it('that write are never repeated', async () => {
    for (const error of lost) {
      const { database, asked } = aDatabase([error])
      const failed = await writingStatements(database)
        .query('name', 'insert', [])
        .catch((thrown: unknown) => thrown)
      expect([failed, asked()]).to.deep.equal([error, 1])
    }
  })
})
