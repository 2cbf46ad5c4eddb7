import type { Database } from './open-database.ts'
import { readingStatements } from './single-statements.ts'

export interface Durability {
  /** Names of settings of the server that are off, so that a crash of its machine damages what was committed. */
  readonly off: ReadonlyArray<string>
  /** What others than this service get, whose transactions state their own. */
  readonly synchronousCommit: string
}

const select = `
  select
    array(select name from (values ('fsync'), ('full_page_writes')) s(name) where current_setting(name) = 'off') as off,
    (select reset_val from pg_settings where name = 'synchronous_commit') as default`

interface DurabilityRow {
  readonly off: ReadonlyArray<string>
  readonly default: string
}

/** What the server's settings make of an acknowledged commit. */
export const durabilityOf = async (database: Database): Promise<Durability> => {
  const [row] = await readingStatements(database).query<DurabilityRow>(undefined, select, [])
  return { off: row?.off ?? [], synchronousCommit: row?.default ?? '' }
}
