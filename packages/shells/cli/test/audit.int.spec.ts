// Here and not beside a source file because it runs the whole command on a real database.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { Client } from 'pg'
import { anInstallation, type Installation } from './an-installation.ts'

describe('audit verify', () => {
  let installation: Installation
  beforeEach(async () => {
    installation = await anInstallation({ migrated: true })
    await installation.run(['generate', 'cls-abc123', '--cloud-provider', 'gcp', '--region', 'us-east1'])
  })
  afterEach(() => installation.close())

  const tamper = async (statement: string): Promise<void> => {
    const url = readFileSync(join(installation.directory, 'database-url'), 'utf8')
    const client = new Client({ connectionString: url })
    await client.connect()
    await client.query(`set session_replication_role = replica; ${statement}`)
    await client.end()
  }

  it('finds nothing in an audit that nobody touched, and says what it cannot see', async () => {
    const verified = await installation.run(['audit', 'verify'])
    expect([verified.code, verified.stderr]).to.deep.equal([0, ''])
    expect(verified.stdout).to.match(/^0 of 1 chains broken, \d+ records in order\.\nThis does not show /)
  })

  it('finds nothing in a chain that is longer than its numbers have digits', async () => {
    for (const life of ['1', '2', '3']) {
      await installation.run(['delete', 'cls-abc123'])
      await installation.run(['generate', 'cls-abc123', '--recreate', life])
    }
    const verified = await installation.run(['audit', 'verify', '-o', 'json'])
    const { records, breaks } = JSON.parse(verified.stdout) as { records: number; breaks: ReadonlyArray<object> }
    expect([verified.code, breaks]).to.deep.equal([0, []])
    expect(records).to.be.greaterThan(10)
  })

  it('names chain, record and rule of a break, for people and for programs, and exits with 8', async () => {
    await tamper(`update credential_audit_log set actor = 'canary' where sequence = 2`)
    const shown = await installation.run(['audit', 'verify'])
    expect([shown.code, shown.stdout]).to.satisfy(
      ([code, text]: [number, string]) => code === 8 && /cls-abc123 +2 +hash /.test(text) && !text.includes('canary'),
    )
    const { code, stdout } = await installation.run(['audit', 'verify', '-o', 'json'])
    expect([code, JSON.parse(stdout)]).to.deep.equal([
      8,
      { chains: 1, records: 0, broken_chains: 1, breaks: [{ chain: 'cls-abc123', sequence: 2, rule: 'hash' }] },
    ])
  })

  it('shows progress to a person and not to a program', async () => {
    expect((await installation.run(['audit', 'verify'], { isTTY: true })).stderr).to.include('verifying the audit: 1')
  })

  it('hints at what the user may read only where that is missing', async () => {
    const hintWith = async (change: (address: URL) => void): Promise<string> => {
      const address = new URL(readFileSync(join(installation.directory, 'database-url'), 'utf8'))
      change(address)
      const env = { HYPERFLEET_DATABASE_URL_FILE: await installation.file('other-url', address.href) }
      const { code, stderr } = await installation.run(['audit', 'verify'], { env })
      expect([0, 8]).not.to.include(code)
      return /^hint: (.*)$/m.exec(stderr)?.[1] ?? ''
    }
    await tamper(`drop role if exists cli_auditor; create role cli_auditor login password 'synthetic'`)
    const asAuditor = (address: URL): void =>
      void Object.assign(address, { username: 'cli_auditor', password: 'synthetic' })
    expect(await hintWith(asAuditor)).to.include('may read credential_audit_log and audit_chains')
    const others: ReadonlyArray<(address: URL) => void> = [
      (address) => (address.password = 'wrong'),
      (address) => (address.pathname = '/absent'),
      (address) => (address.port = '1'),
    ]
    for (const change of others)
      expect(await hintWith(change))
        .to.include('doctor')
        .and.not.include('may read')
    await tamper('drop role cli_auditor; drop table credential_audit_log')
    expect(await hintWith(() => undefined))
      .to.include('doctor')
      .and.not.include('may read')
  })

  it('needs neither the key ring nor the tokens, and says so when there is no audit', async () => {
    await installation.file('key-ring.json', 'gone')
    await installation.file('tokens.json', 'gone')
    expect((await installation.run(['audit', 'verify'])).code).to.equal(0)
    await tamper('drop table credential_audit_log')
    const { code, stderr } = await installation.run(['audit', 'verify'])
    expect([code, stderr]).to.satisfy(([exit, text]: [number, string]) => exit === 2 && text.includes('cannot be read'))
  })
})
