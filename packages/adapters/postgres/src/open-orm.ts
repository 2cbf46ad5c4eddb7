import { Migration, Migrator } from '@mikro-orm/migrations'
import { MikroORM, type Options } from '@mikro-orm/postgresql'
import type { Logger } from '@pull-secret/domain'
import type { ClientConfig } from 'pg'
import { configuredClient } from './configured-client.ts'
import type { SchemaMigration } from './migrations/schema-migration.ts'
import { schemaMigrations } from './migrations/schema-migrations.ts'

const takeOrmVariables = (): NodeJS.ProcessEnv => {
  const taken = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('MIKRO_ORM_')))
  for (const name of Object.keys(taken)) Reflect.deleteProperty(process.env, name)
  return taken
}

/** The ORM would take what it is not told from variables, which may be there for another program. */
class ConfiguredOrm extends MikroORM {
  constructor(options: Options) {
    const taken = takeOrmVariables()
    try {
      super(options)
    } finally {
      Object.assign(process.env, taken)
    }
  }
}

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

/** Satisfies the ORM. Its client decides where it connects. */
const unusedAddress = 'postgresql://unused.invalid'

/**
 * The ORM with this version's migrations, on connections of its own. A migration may rewrite a large table, and waits
 * for other replicas: it takes the time it takes.
 */
export const openOrm = (current: () => ClientConfig, logger: Logger): Promise<Orm> =>
  ConfiguredOrm.init({
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
