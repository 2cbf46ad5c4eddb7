import type { SchemaMigration } from './schema-migration.ts'

/** Which registries a document has had an entry of was not written down before: those that it has one of now. */
export const migration20261129ServedRegistries: SchemaMigration = {
  name: '20261129-served-registries',
  statements: [
    `update clusters c set served_registries = served.registries
        from (select cluster_id, array_agg(distinct registry_id order by registry_id) as registries
            from registry_credentials where state = 'active' group by cluster_id) served
        where served.cluster_id = c.id and c.state = 'live' and c.served_registries = '{}'`,
  ],
}
