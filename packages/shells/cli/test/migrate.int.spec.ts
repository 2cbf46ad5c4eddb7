// Here and not beside a source file because it runs the whole command on a real database.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { Pool } from 'pg'
import { anInstallation, type Installation, runCommand } from './an-installation.ts'

describe('migrate', () => {
  let installation: Installation
  let pool: Pool
  beforeEach(async () => {
    installation = await anInstallation({ migrated: false })
    pool = new Pool({ connectionString: readFileSync(join(installation.directory, 'database-url'), 'utf8'), max: 1 })
  })
  afterEach(async () => {
    await pool.end()
    await installation.close()
  })

  const tables = async (): Promise<number> =>
    (await pool.query(`select 1 from pg_tables where schemaname = 'public'`)).rowCount ?? NaN

  it('lists and prints what is pending, and changes nothing by that', async () => {
    const listed = await installation.run(['migrate', '--dry-run', '-o', 'json'])
    expect(JSON.parse(listed.stdout)).to.have.property('pending').that.includes('20261121-ledger')
    const printed = await installation.run(['migrate', '--print-sql'])
    expect([printed.code, printed.stderr]).to.deep.equal([0, ''])
    expect(printed.stdout)
      .to.match(/^begin;\n/)
      .and.to.match(/;\ncommit;\n$/)
      .and.to.include('create table registry_credentials (\n  id uuid primary key,\n')
    expect(await tables()).to.equal(0)
  })

  it('prints a script after which nothing is pending', async () => {
    await pool.query((await installation.run(['migrate', '--print-sql'])).stdout)
    expect(await installation.run(['migrate', '--print-sql'])).to.include({
      code: 0,
      stdout: '-- The schema is up to date.\n',
    })
    expect(await installation.run(['migrate', '-o', 'json'])).to.include({ code: 0, stdout: '{\n  "applied": []\n}\n' })
    expect((await installation.run(['registries', 'list'])).code).to.equal(0)
  })

  it('prints the statements one by one for programs', async () => {
    const { stdout } = await installation.run(['migrate', '--print-sql', '-o', 'json'])
    const { statements } = JSON.parse(stdout) as { readonly statements: ReadonlyArray<string> }
    expect(statements.map((statement) => `${statement};\n`).join('')).to.equal(
      (await installation.run(['migrate', '--print-sql'])).stdout,
    )
  })

  it('does not list and print at once', async () => {
    expect((await installation.run(['migrate', '--dry-run', '--print-sql'])).code).to.equal(2)
  })

  it('prints the SQL of two roles without a database, with the names that it is given', async () => {
    const defaults = await runCommand(['migrate', '--print-roles'], { env: {} })
    expect([defaults.code, defaults.stderr]).to.deep.equal([0, ''])
    expect(defaults.stdout).to.include('create role "pull_secret_owner" login')
    const named = await runCommand(
      ['migrate', '--print-roles', '--owner-role', 'fleet_owner', '--service-role', 'fleet_service'],
      { env: {} },
    )
    expect(named.stdout).to.include('grant select, insert on public.credential_audit_log to "fleet_service"')
    expect(named.stdout).not.to.include('pull_secret_owner')
    for (const name of ['Fleet', 'a b', '1a', "a'b"])
      expect((await runCommand(['migrate', '--print-roles', '--owner-role', name], { env: {} })).code).to.equal(2)
  })

  it('prints roles of which the service needs no more, which doctor confirms', async () => {
    await installation.run(['migrate'])
    expect((await installation.run(['doctor'])).stdout).to.match(/warning +database user: .*superuser/)
    const names = { owner: 'cli_owner', service: 'cli_service' }
    const printed = await installation.run([
      'migrate',
      '--print-roles',
      '--owner-role',
      names.owner,
      '--service-role',
      names.service,
    ])
    await pool.query(printed.stdout)
    await pool.query(`alter role ${names.service} password 'synthetic'`)
    const url = new URL(readFileSync(join(installation.directory, 'database-url'), 'utf8'))
    url.username = names.service
    url.password = 'synthetic'
    await installation.file('database-url', url.href)
    const generated = await installation.run([
      'generate',
      'cls-abc123',
      '--cloud-provider',
      'gcp',
      '--region',
      'us-east1',
    ])
    expect([generated.code, generated.stderr]).to.deep.equal([0, ''])
    expect((await installation.run(['delete', 'cls-abc123', '--wait', '--timeout', '30'])).code).to.equal(0)
    expect((await installation.run(['audit', 'verify'])).code).to.equal(0)
    const { code, stdout } = await installation.run(['doctor'])
    const warnings = [...stdout.matchAll(/^warning +([^:]+):/gm)].map(([, name]) => name)
    // The server of the specs is quick, and loses what it commits in a crash of the machine.
    expect([code, warnings]).to.deep.equal([0, ['durability']])
  })
})
