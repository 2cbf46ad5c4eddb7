import { migration20261121Ledger } from './migration-20261121-ledger.ts'
import { migration20261129EncryptionKeys } from './migration-20261129-encryption-keys.ts'
import { migration20261129Evidence } from './migration-20261129-evidence.ts'
import { migration20261129Lists } from './migration-20261129-lists.ts'
import { migration20261129RequiredRegistries } from './migration-20261129-required-registries.ts'
import { migration20261129ServedRegistries } from './migration-20261129-served-registries.ts'
import { migration20261129Subjects } from './migration-20261129-subjects.ts'
import { migration20261130CallBudgets } from './migration-20261130-call-budgets.ts'
import { migration20261130DueKinds } from './migration-20261130-due-kinds.ts'
import { migration20261130Replicas } from './migration-20261130-replicas.ts'
import { migration20261130Versions } from './migration-20261130-versions.ts'
import { migration20261201Bans } from './migration-20261201-bans.ts'
import type { SchemaMigration } from './schema-migration.ts'

/** Every step of the schema, oldest first. */
export const schemaMigrations: ReadonlyArray<SchemaMigration> = [
  migration20261121Ledger,
  migration20261129EncryptionKeys,
  migration20261129Lists,
  migration20261129Subjects,
  migration20261129Evidence,
  migration20261129ServedRegistries,
  migration20261129RequiredRegistries,
  migration20261130Versions,
  migration20261130CallBudgets,
  migration20261130DueKinds,
  migration20261130Replicas,
  migration20261201Bans,
]
