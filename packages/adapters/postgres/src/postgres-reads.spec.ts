import { setImmediate as endOfTurn } from 'node:timers/promises'
import { fail, succeed } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import type { Database } from './open-database.ts'
import { makePostgresReads } from './postgres-reads.ts'

interface Statement {
  readonly clusterIds: ReadonlyArray<string>
  /** Answers with clusters of this state, without credentials. */
  readonly answer: (state: string) => void
  readonly reject: (error: Error) => void
}

/** Reads over a pool that answers nothing by itself. */
const readsOverControlledPool = () => {
  const statements: Array<Statement> = []
  const faults: Array<unknown> = []
  const query = ({ values: [clusterIds = []] }: { readonly values: ReadonlyArray<ReadonlyArray<string>> }) =>
    new Promise<object>((resolve, reject) => {
      statements.push({
        clusterIds,
        answer: (state) => {
          resolve({ rows: clusterIds.map((id) => ({ c_id: id, c_state: state, r_id: null })) })
        },
        reject,
      })
    })
  const database = {
    send: <A>(_name: string, send: () => Promise<A>) => send(),
    connections: { use: (work: (client: object) => unknown) => work({ query }), mayBeLost: () => 1 },
    preparedStatements: true,
    report: (error: unknown) => {
      faults.push(error)
      return { code: 'fault', isLasting: false, message: 'a fault' }
    },
  } as unknown as Database
  const { cluster } = makePostgresReads(database)
  return {
    stateOf: async (clusterId: string) => (await succeed(cluster(clusterId))).cluster?.state,
    failureOf: (clusterId: string) => fail(cluster(clusterId)),
    statements,
    faults,
  }
}

describe('reads of clusters', () => {
  it('share one statement within a turn, which asks for each cluster once', async () => {
    const { stateOf, statements } = readsOverControlledPool()
    const first = ['cls-a', 'cls-b'].map(stateOf)
    await new Promise((resolve) => {
      process.nextTick(resolve)
    })
    const states = Promise.all([...first, stateOf('cls-a')])
    await endOfTurn()
    expect(statements.map(({ clusterIds }) => clusterIds)).to.deep.equal([['cls-a', 'cls-b']])
    statements[0]?.answer('live')
    expect(await states).to.deep.equal(['live', 'live', 'live'])
  })

  it('are never answered by a statement that was begun before them', async () => {
    const { stateOf, statements } = readsOverControlledPool()
    const early = stateOf('cls-a')
    await endOfTurn()
    const late = [stateOf('cls-a'), stateOf('cls-b')]
    await endOfTurn()
    expect(statements.map(({ clusterIds }) => clusterIds)).to.deep.equal([['cls-a'], ['cls-a', 'cls-b']])
    statements[0]?.answer('live')
    statements[1]?.answer('deleted')
    expect(await Promise.all([early, ...late])).to.deep.equal(['live', 'deleted', 'deleted'])
  })

  it('are at most 32 to a statement', async () => {
    const { stateOf, statements } = readsOverControlledPool()
    const states = Promise.all(Array.from({ length: 70 }, (_, index) => stateOf(`cls-${String(index)}`)))
    await endOfTurn()
    expect(statements.map(({ clusterIds }) => clusterIds.length)).to.deep.equal([32, 32, 6])
    statements.forEach(({ answer }) => {
      answer('live')
    })
    expect(new Set(await states)).to.deep.equal(new Set(['live']))
  })

  it('are each told when their statement fails, and nobody else is', async () => {
    const { stateOf, failureOf, statements, faults } = readsOverControlledPool()
    const failures = Promise.all(['cls-a', 'cls-b'].map(failureOf))
    await endOfTurn()
    const next = stateOf('cls-a')
    await endOfTurn()
    const error = new Error('Query read timeout')
    statements[0]?.reject(error)
    statements[1]?.answer('live')
    expect((await failures).map(({ code }) => code)).to.deep.equal(['LEDGER_UNAVAILABLE', 'LEDGER_UNAVAILABLE'])
    expect(faults).to.deep.equal([error, error])
    expect(await next).to.equal('live')
    expect(statements.length).to.equal(2)
  })

  it('are repeated together when their connection was lost', async () => {
    const { stateOf, statements } = readsOverControlledPool()
    const states = Promise.all(['cls-a', 'cls-b'].map(stateOf))
    await endOfTurn()
    statements[0]?.reject(new Error('Connection terminated unexpectedly'))
    await endOfTurn()
    expect(statements.map(({ clusterIds }) => clusterIds)).to.deep.equal([
      ['cls-a', 'cls-b'],
      ['cls-a', 'cls-b'],
    ])
    statements[1]?.answer('live')
    expect(await states).to.deep.equal(['live', 'live'])
  })
})
