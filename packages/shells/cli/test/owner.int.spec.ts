// Here and not beside a source file because it runs the whole command on a real database.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { Pool } from 'pg'
import { anInstallation, type Installation } from './an-installation.ts'

describe('a database without an owner', () => {
  let installation: Installation
  let pool: Pool
  before(async () => {
    installation = await anInstallation({ migrated: true })
    pool = new Pool({ connectionString: readFileSync(join(installation.directory, 'database-url'), 'utf8'), max: 1 })
  })
  after(async () => {
    await pool.end()
    await installation.close()
  })

  const owners = async (): Promise<ReadonlyArray<string>> =>
    (await pool.query<{ readonly id: string }>('select id from deployment')).rows.map(({ id }) => id)

  it('stays so while commands only look', async () => {
    expect((await installation.run(['get', 'cls-abc123'])).code).to.equal(4)
    for (const argv of [['registries', 'list'], ['registries', 'check'], ['doctor']])
      expect((await installation.run(argv)).code).to.equal(0)
    expect(await owners()).to.deep.equal([])
  })

  it('belongs to the deployment of the first command that changes something, and is refused to others', async () => {
    expect((await installation.run(['generate', 'cls-abc123'])).code).to.equal(0)
    expect(await owners()).to.deep.equal(['cli-spec'])
    for (const argv of [
      ['get', 'cls-abc123'],
      ['generate', 'cls-abc123'],
    ]) {
      const { code, stderr } = await installation.run([...argv, '--deployment-id', 'another'])
      expect(code).to.equal(2)
      expect(stderr).to.include('belongs to deployment cli-spec')
    }
  })
})
