// Here and not beside a source file because it runs the whole command behind a real pooler.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Pooler, poolerProgram, startPooler } from './a-pooler.ts'
import { anInstallation, type Installation } from './an-installation.ts'

describe('the doctor behind a pooler in transaction mode', () => {
  let installation: Installation
  let pooler: Pooler | undefined

  before(async function () {
    const program = poolerProgram()
    if (program === undefined) return this.skip('pgbouncer is not installed')
    installation = await anInstallation({ migrated: true })
    pooler = await startPooler(program, readFileSync(join(installation.directory, 'database-url'), 'utf8'))
    await installation.file('database-url', pooler.url)
  })

  after(async () => {
    if (pooler === undefined) return
    await pooler.close()
    await installation.close()
  })

  it('tells to switch prepared statements off, and finds nothing once they are', async () => {
    const found = await installation.run(['doctor'])
    expect(found.stdout)
      .to.match(/^failed +prepared statements/m)
      .and.to.match(/^failed +sessions/m)
      .and.to.include('database.prepared_statements to false')
    expect(found.code).to.equal(8)
    const mended = await installation.run(['doctor', '--database-prepared-statements', 'false'])
    expect(mended.stdout).not.to.match(/^failed/m)
    expect(mended.code).to.equal(0)
  })
})
