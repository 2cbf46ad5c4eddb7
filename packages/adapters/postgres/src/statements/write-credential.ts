import type { Credential } from '@pull-secret/domain'
import { credentialColumns } from '../columns/credential-columns.ts'
import { assignments, insertInto, valuesOf, writtenColumns } from '../columns/written-columns.ts'
import type { Connection } from '../connection.ts'

const columns = writtenColumns(credentialColumns)
const changing = columns.filter(({ isFinal }) => !isFinal)

const names = columns.map(({ column }) => column)
const insert = insertInto('registry_credentials', [...names, 'external_resource_id'])

const update = `
  update registry_credentials set ${assignments(changing, 3)}, updated_at = clock_timestamp()
  where id = $1 and version = $2
  returning id`

export const insertCredential = async (
  connection: Connection,
  row: Credential,
  externalId: string | undefined,
): Promise<void> => {
  await connection.query('insert-credential', insert, [...valuesOf(columns, row), externalId])
}

/** Writes a row only if it is still what the decision was made on; says whether it was. */
export const updateCredential = async (
  connection: Connection,
  before: Credential,
  after: Credential,
): Promise<boolean> => {
  const written = await connection.query('update-credential', update, [
    before.id,
    before.version,
    ...valuesOf(changing, after),
  ])
  return written.length === 1
}
