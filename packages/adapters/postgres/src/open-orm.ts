import { Migration, Migrator } from '@mikro-orm/migrations'
import { MikroORM } from '@mikro-orm/postgresql'
import type { Logger } from '@pull-secret/domain'
import type { ClientConfig } from 'pg'
import { configuredClient } from './configured-client.ts'
import type { SchemaMigration } from './migrations/schema-migration.ts'
import { schemaMigrations } from './migrations/schema-migrations.ts'

export type Orm = Pick<MikroORM, 'em' | 'migrator' | 'close'>

const forMigrator = ({ name, statements }: SchemaMigration) => ({
  name,
  class: class extends Migration {
    override up(): void {
      statements.forEach((statement) => {
        this.addSql(statement)
      })
    }
  },
})

/** A migration runs on one connection; what the ORM asks beside it, on the other. */
const connections = 2

/** Satisfies the ORM, which would otherwise read MIKRO_ORM_CLIENT_URL. Its client decides where it connects. */
const unusedAddress = 'postgresql://unused.invalid'

/**
 * The ORM with this version's migrations, on connections of its own. A migration may rewrite a large table, and waits
 * for other replicas: it takes the time it takes.
 */
export const openOrm = (current: () => ClientConfig, logger: Logger): Promise<Orm> =>
  MikroORM.init({
    clientUrl: unusedAddress,
    dbName: current().database,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    ensureDatabase: false,
    driverOptions: { Client: configuredClient(current), min: 0, max: connections },
    migrations: {
      migrationsList: schemaMigrations.map(forMigrator),
      snapshot: false,
      tableName: 'schema_migrations',
      silent: true,
    },
    logger: (message) => {
      logger.log('warn', message)()
    },
    debug: false,
  })
