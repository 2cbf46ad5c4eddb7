import { expect } from 'chai'
import type { Database } from './open-database.ts'
import { inTransaction } from './transaction.ts'

const coded = (code: string): Error => Object.assign(new Error(code), { code })

/** A database whose statements end with these errors, by their number. */
const aDatabase = (errors: Readonly<Record<number, Error>>) => {
  const sent: Array<string> = []
  const named: Array<string> = []
  const query = (statement: string | { readonly text: string }) => {
    const text = typeof statement === 'string' ? statement : statement.text
    sent.push(text.split(/[\s;]/)[0] ?? '')
    const error = errors[sent.length]
    if (error !== undefined) return Promise.reject(error)
    return Promise.resolve(text.startsWith('begin') ? [] : { rows: [], command: text.toUpperCase() })
  }
  const client = { query, on: () => undefined, off: () => undefined }
  const database = {
    send: <A>(name: string, send: () => Promise<A>) => {
      named.push(name)
      return send()
    },
    connections: { use: (work: (client: object) => unknown) => work(client), mayBeLost: () => 1 },
    preparedStatements: false,
    statementTimeoutSeconds: 5,
    writes: { take: <A>(work: () => Promise<A>) => work() },
  } as unknown as Database
  return { database, sent, named }
}

const select = (database: Database): Promise<unknown> =>
  inTransaction(database, (connection) => connection.query(undefined, 'select', []))

describe('a transaction', () => {
  it('is begun again where a default of the server ended it before it had stated its own terms', async () => {
    const { database, sent } = aDatabase({ 1: coded('57014') })
    await select(database)
    expect(sent).to.deep.equal(['begin', 'begin', 'select', 'commit'])
  })

  it('is not made again where a statement took too long on its terms', async () => {
    const { database, sent } = aDatabase({ 2: coded('57014') })
    const failure: unknown = await select(database).catch((error: unknown) => error)
    expect(failure).to.have.property('code', '57014')
    expect(sent).to.deep.equal(['begin', 'select'])
  })

  it('sends everything under a name, which need not be that of a prepared statement', async () => {
    const { database, sent, named } = aDatabase({ 3: coded('23505') })
    const work = inTransaction(database, async ({ query }) => {
      await query('first', 'select', [])
      await query(undefined, 'select', [])
    })
    expect(await work.catch((error: unknown) => error)).to.have.property('code', '23505')
    expect(sent).to.deep.equal(['begin', 'select', 'select', 'rollback'])
    expect(named).to.deep.equal(['begin', 'first', 'unnamed', 'rollback'])
    await select(database)
    expect(named.slice(4)).to.deep.equal(['begin', 'unnamed', 'commit'])
  })
})
