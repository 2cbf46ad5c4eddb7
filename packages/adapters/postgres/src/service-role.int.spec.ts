import { openTestDatabase, type TestDatabase } from '@pull-secret/embedded-postgres/testing'
import { ledgerSuites } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import { Client } from 'pg'
import { anEmptyDatabase, postgresLedgers } from '../test/a-postgres-ledger.ts'
import { databaseSettings } from '../test/database-settings.ts'
import { setDefaults } from '../test/foreign-defaults.ts'
import { powerOfUser } from './database-user.ts'
import { migrate, openDatabase, type RoleNames, roleStatements } from './index.ts'
import { serviceRights } from './service-rights.ts'

const password = 'synthetic-password'

const queryAt = async (url: string, ...statements: ReadonlyArray<string>) => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    let rows: ReadonlyArray<Readonly<Record<string, unknown>>> = []
    for (const statement of statements) rows = (await client.query<Record<string, unknown>>(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

const as = (role: string, url: string): string => {
  const address = new URL(url)
  address.username = role
  address.password = password
  return address.href
}

const makeRoles = async (url: string, names: RoleNames): Promise<void> => {
  await queryAt(
    url,
    `${roleStatements(names).join(';\n')};`,
    `alter role ${names.owner} password '${password}'`,
    `alter role ${names.service} password '${password}'`,
  )
}

const migrateAt = async (url: string): Promise<void> => {
  const database = await openDatabase(databaseSettings(url))
  await migrate(database)
  await database.close()
}

const rightsOf = async (url: string, role: string): Promise<unknown> => {
  const rows = await queryAt(
    url,
    `select table_name, array_agg(lower(privilege_type)::text order by privilege_type) as rights
      from information_schema.role_table_grants where grantee = '${role}' group by table_name`,
  )
  return Object.fromEntries(rows.map(({ table_name: table, rights }) => [String(table), rights]))
}

const exactRights = Object.fromEntries(
  Object.entries(serviceRights).map(([table, rights]) => [table, [...rights].sort()]),
)

const refusalOf = (url: string, statement: string): Promise<string> =>
  queryAt(url, statement).then(
    () => 'done',
    (error: unknown) => String((error as { readonly code?: unknown }).code),
  )

const permissionDenied = '42501'

const deeds = [
  `update credential_audit_log set actor = 'nobody'`,
  'delete from credential_audit_log',
  'truncate credential_audit_log',
  'alter table credential_audit_log disable trigger all',
  'drop table credential_audit_log',
  'create or replace function refuse_audit_change() returns trigger language plpgsql as $$ begin return old; end $$',
  'set session_replication_role = replica',
  'delete from audit_chains',
  `update encryption_keys set check_value = ''`,
  'delete from schema_migrations',
  'create table more (id integer)',
]

describe('the role of the service', () => {
  const asService = async (url: string): Promise<string> => {
    const names = { owner: 'suites_owner', service: 'suites_service' }
    await makeRoles(url, names)
    await queryAt(url, setDefaults(`role ${names.service}`))
    return as(names.service, url)
  }
  // Its defaults may be those that some other program needs.
  ledgerSuites(postgresLedgers(asService))

  describe('beside an owner', () => {
    let testDatabase: TestDatabase
    afterEach(() => testDatabase.drop())

    it('has the same rights whether it is made before the schema or after, and made again', async () => {
      const names = { owner: 'first_owner', service: 'first_service' }
      testDatabase = await openTestDatabase({ name: 'bare', prepare: () => Promise.resolve() })
      await makeRoles(testDatabase.url, names)
      await migrateAt(as(names.owner, testDatabase.url))
      expect(await rightsOf(testDatabase.url, names.service)).to.deep.equal(exactRights)
      await makeRoles(testDatabase.url, names)
      expect(await rightsOf(testDatabase.url, names.service)).to.deep.equal(exactRights)
      await testDatabase.drop()
      testDatabase = await anEmptyDatabase()
      await makeRoles(testDatabase.url, { owner: 'later_owner', service: 'later_service' })
      expect(await rightsOf(testDatabase.url, 'later_service')).to.deep.equal(exactRights)
      await migrateAt(as('later_owner', testDatabase.url))
    })

    it('may not alter, empty or cut the audit, nor change the schema', async () => {
      testDatabase = await anEmptyDatabase()
      await makeRoles(testDatabase.url, { owner: 'own_owner', service: 'own_service' })
      for (const deed of deeds)
        expect(await refusalOf(as('own_service', testDatabase.url), deed), deed).to.equal(permissionDenied)
    })

    it('can use what a later migration makes, without being given rights anew', async () => {
      testDatabase = await anEmptyDatabase()
      await makeRoles(testDatabase.url, { owner: 'new_owner', service: 'new_service' })
      await queryAt(as('new_owner', testDatabase.url), 'create table later (id integer)')
      await queryAt(as('new_service', testDatabase.url), 'insert into later values (1)', 'update later set id = 2')
    })

    it('is told from an owner and a superuser', async () => {
      testDatabase = await anEmptyDatabase()
      const names = { owner: 'told_owner', service: 'told_service' }
      await makeRoles(testDatabase.url, names)
      const powers = []
      for (const url of [testDatabase.url, as(names.owner, testDatabase.url), as(names.service, testDatabase.url)]) {
        const database = await openDatabase(databaseSettings(url))
        powers.push(await powerOfUser(database))
        await database.close()
      }
      expect(powers).to.deep.equal(['superuser', 'owner', 'narrow'])
    })
  })
})
