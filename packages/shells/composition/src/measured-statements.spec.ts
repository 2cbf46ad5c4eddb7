import { expect } from 'chai'
import { measuredStatements } from './measured-statements.ts'

const statement = { name: 'view-clusters', place: { host: 'db', port: 5432, database: 'pull_secret', role: 'service' } }

describe('measured statements', () => {
  it('take as long as they do, also those that fail, and what goes around them', async () => {
    let now = 0
    const seen: Array<readonly [string, number, object]> = []
    const meter = {
      observe: (name: string, value: number, labels: object) => () => void seen.push([name, value, labels]),
    }
    const around = measuredStatements(meter, { monotonic: () => now }, async (_statement, send) => {
      now += 500
      return send()
    })
    expect(await around(statement, () => Promise.resolve('a row'))).to.equal('a row')
    const failed = await around(statement, () => Promise.reject(new Error('lost'))).catch((error: unknown) => error)
    expect(failed).to.be.instanceOf(Error)
    expect(seen).to.deep.equal([
      ['db_query_duration_seconds', 0.5, {}],
      ['db_query_duration_seconds', 0.5, {}],
    ])
  })
})
