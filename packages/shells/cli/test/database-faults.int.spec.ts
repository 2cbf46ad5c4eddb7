// Here and not beside a source file because it runs whole commands on a database that fails.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { Client } from 'pg'
import { aServedInstallation, type ServedInstallation } from './a-served-installation.ts'

describe('commands on a database that fails', () => {
  let installation: ServedInstallation
  let url: URL
  before(async () => {
    installation = await aServedInstallation()
    url = new URL(readFileSync(join(installation.directory, 'database-url'), 'utf8'))
  })
  after(() => installation.close())

  const withAddress = async (change: (address: URL) => void): Promise<Readonly<Record<string, string>>> => {
    const address = new URL(url)
    change(address)
    return { HYPERFLEET_DATABASE_URL_FILE: await installation.file('other-url', address.href) }
  }

  const commands: ReadonlyArray<ReadonlyArray<string>> = [['get', 'cls-abc123'], ['migrate']]
  const faults: ReadonlyArray<readonly [string, (address: URL) => void, number, RegExp]> = [
    ['a wrong password', (address) => (address.password = 'canary'), 2, /refuses the password of role "postgres"/],
    ['an unknown database', (address) => (address.pathname = '/canaries'), 2, /has no database "canaries"/],
    ['a port where nothing listens', (address) => (address.port = '1'), 6, /nothing accepts connections at/],
  ]
  for (const [what, change, code, message] of faults) {
    it(`name ${what}, and exit as it can pass or not`, async () => {
      const env = await withAddress(change)
      for (const command of commands) {
        const ended = await installation.run(command, { env })
        expect([command, ended.code]).to.deep.equal([command, code])
        expect(ended.stderr)
          .to.match(message)
          .and.not.to.match(/canary\b/)
      }
      const examined = await installation.run(['doctor'], { env })
      expect(examined.code).to.equal(8)
      expect(examined.stdout)
        .to.match(/^failed +database: /m)
        .and.to.match(message)
    })
  }

  it('find a server whose database takes no writes not ready, and say which part it is', async () => {
    const env = installation.atServer
    const outside = new Client({ connectionString: url.href })
    await outside.connect()
    await outside.query(`do $$ begin
      execute format('alter database %I set default_transaction_read_only = on', current_database());
    end $$`)
    await outside.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`)
    const examined = await installation.run(['doctor'], { env })
    await outside.end()
    expect(examined.stdout).to.match(/^failed +readiness: not ready, database failing$/m)
    expect(examined.code).to.equal(8)
  })
})
