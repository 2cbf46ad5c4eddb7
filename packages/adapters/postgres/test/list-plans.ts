// Fills a database with a million credentials and prints how long a page of each list takes, and its plan; and how long
// a start takes with a registry that was not enabled before, and the search for what is due then. The number of
// clusters, with three credentials each, may be given.
import { randomUUID } from 'node:crypto'
import type { AuditFilter, ClaimTerms, ClusterFilter, FleetReads, RegistryFacts } from '@pull-secret/domain'
import { openTestDatabase } from '@pull-secret/embedded-postgres/testing'
import * as E from 'fp-ts/lib/Either.js'
import type { QueryConfig } from 'pg'
import {
  type Database,
  makePostgresDueWork,
  makePostgresFleetReads,
  makePostgresRegister,
  migrate,
  openDatabase,
} from '../src/index.ts'
import { databaseSettings } from './database-settings.ts'

const clusters = Number(process.argv[2] ?? 333_334)
const minute = 60_000
const rounds = 7
const limit = 100

/**
 * Three credentials for each cluster, so soon after a roll-out that each of one registry is due for a look; every
 * 5000th is refused, every 50th cluster is gone.
 */
const fill = [
  `insert into clusters (id, state, incarnation, cloud_provider, region, wants_all_registries, wanted_registries,
     published_at, created_at, created_by)
   select 'cls-' || lpad(to_hex(i), 8, '0'), case when i % 50 = 0 then 'deleted' else 'live' end, 1,
     case when i % 1000 = 0 then 'oci' else (array['gcp', 'aws', 'azure'])[1 + i % 3] end, 'region-' || (i % 500), true,
     '{}', now(), now(), 'filler'
   from generate_series(0, ${String(clusters - 1)}) i`,
  `insert into registry_credentials (id, username, token, cluster_id, registry_id, created_at, incarnation, generation,
     scope, vendor_name, state, fence, attempts, outcome, tries, problem, next_attempt_at, next_work)
   select gen_random_uuid(), 'name', 'sealed', 'cls-' || lpad(to_hex(i / 3), 8, '0'),
     (array['quay', 'rhit', 'edge'])[1 + i % 3], now() - (hashint4(i / 3) & 262143) * interval '1 minute', 1, 1,
     'scope',
     'name-' || i, case when i % 5000 = 0 then 'intended' else 'active' end, 1, 1, 'created', 0,
     case when i % 5000 = 0 then 'administrator_refused' end,
     case when i % 5000 = 0 then now() when i % 3 = 0 then now() - interval '1 hour' end,
     case when i % 5000 <> 0 and i % 3 = 0 then 'validate' end
   from generate_series(0, ${String(3 * clusters - 1)}) i`,
  `insert into credential_audit_log (cluster_id, action, actor, reason, trace_id, created_at, kind, outcome, metadata,
     chain, sequence, hash)
   select 'cls-' || lpad(to_hex(i / 3), 8, '0'), case when i % 100000 = 0 then 'delete' else 'create' end,
     case when i % 100000 = 0 then 'operator' else 'adapter' end, 'request', 'trace', now() - i * interval '1 second',
     'change', 'success', '{}', 'chain-' || i, 1, repeat('a', 64)
   from generate_series(0, ${String(3 * clusters - 1)}) i`,
  'vacuum analyze',
]

const now = Date.now()
const middle = `cls-${(clusters / 2).toString(16).split('.')[0]?.padStart(8, '0') ?? ''}`

const clusterFilters: ReadonlyArray<ClusterFilter> = [
  {},
  { state: 'live' },
  { state: 'deleted' },
  { cloudProvider: 'oci' },
  { region: 'region-7' },
  { registryId: 'quay' },
  { registryId: 'none' },
  { createdBefore: now - 131_000 * minute },
  { createdBefore: now - 262_000 * minute },
  { state: 'live', cloudProvider: 'gcp', region: 'region-6', registryId: 'edge', createdBefore: now - 9_000 * minute },
]

const auditFilters: ReadonlyArray<AuditFilter> = [
  {},
  { clusterId: middle },
  { subject: 'operator' },
  { action: 'delete' },
  { subject: 'adapter', action: 'delete' },
  { from: now - 9_000 * minute, until: now - 8_000 * minute },
]

type Page = ReturnType<FleetReads['clusters' | 'troubled' | 'audit']>

const pages = (fleet: FleetReads): ReadonlyArray<readonly [name: string, read: () => Page]> => [
  ...clusterFilters.flatMap((filter) =>
    [undefined, middle].map(
      (after) =>
        [
          `clusters ${JSON.stringify(filter)}${after === undefined ? '' : ' from the middle'}`,
          () => fleet.clusters(filter, after, limit),
        ] as const,
    ),
  ),
  ['stuck', () => fleet.troubled(undefined, limit)],
  ...auditFilters.map(
    (filter) => [`audit ${JSON.stringify(filter)}`, () => fleet.audit(filter, undefined, limit)] as const,
  ),
]

const timed = async (read: () => Page): Promise<readonly [milliseconds: number, items: number]> => {
  const begun = performance.now()
  const page = await read()()
  if (E.isLeft(page)) throw new Error(page.left.code)
  return [performance.now() - begun, page.right.length]
}

/** The last statement that was sent, so that its plan can be asked for. */
const rememberStatements = (database: Database): (() => QueryConfig) => {
  let last: QueryConfig = { text: '' }
  database.pool.on('connect', (client) => {
    const query = client.query.bind(client) as (statement: QueryConfig) => Promise<never>
    Object.assign(client, {
      query: (statement: QueryConfig) => {
        last = statement
        return query(statement)
      },
    })
  })
  return () => last
}

const planOf = async (database: Database, { text, values }: QueryConfig): Promise<string> => {
  const client = await database.pool.connect()
  try {
    const { rows } = await client.query<Readonly<Record<string, string>>>({
      text: `explain (analyze, costs off, timing off, summary off, buffers off) ${text}`,
      values: values ?? [],
    })
    return rows.map((row) => `    ${row['QUERY PLAN'] ?? ''}`).join('\n')
  } finally {
    client.release()
  }
}

const report = async (database: Database): Promise<void> => {
  const lastStatement = rememberStatements(database)
  for (const [name, read] of pages(makePostgresFleetReads(database))) {
    const found: Array<readonly [number, number]> = []
    for (let round = 0; round < rounds; round += 1) found.push(await timed(read))
    const times = found.map(([milliseconds]) => milliseconds).sort((one, other) => one - other)
    const [least = 0, median = 0, most = 0] = [times[0], times[Math.floor(rounds / 2)], times.at(-1)]
    const spread = `${least.toFixed(1)} to ${most.toFixed(1)} in ${String(rounds)} rounds`
    process.stdout.write(`${name}: ${String(found[0]?.[1])} items, ${median.toFixed(1)} ms (${spread})\n`)
    process.stdout.write(`${await planOf(database, lastStatement())}\n`)
  }
}

const once = async <L extends { readonly code: string }, A>(
  name: string,
  act: () => Promise<E.Either<L, A>>,
): Promise<A> => {
  const begun = performance.now()
  const result = await act()
  if (E.isLeft(result)) throw new Error(result.left.code)
  process.stdout.write(`${name}: ${(performance.now() - begun).toFixed(1)} ms\n`)
  return result.right
}

const facts = (...ids: ReadonlyArray<string>): ReadonlyArray<RegistryFacts> =>
  ids.map((id) => ({ id, scope: 'scope', enabled: true, required: false }))

const terms: ClaimTerms = {
  registryId: 'quay',
  scope: 'scope',
  leaseSeconds: 30,
  landingWindowSeconds: 900,
  mayCreate: true,
  mayRepeatUnknown: true,
}

/** What every start does, and recovery after it; each once, since the first changes what the second finds. */
const reportStart = async (database: Database): Promise<void> => {
  const register = makePostgresRegister(database)
  const dueWork = makePostgresDueWork(database)
  const known = ['edge', 'quay', 'rhit']
  await once('owner', register.agreeOn('lists'))
  await once('start', register.agreeOnRegistries(facts(...known)))
  await once('start with a registry that was not enabled before', register.agreeOnRegistries(facts(...known, 'acr')))
  const due = await once('search for due clusters, all of which are', dueWork.clusters(50, [...known, 'acr']))
  process.stdout.write(`  ${String(due.length)} found\n`)
  const attemptIds = Array.from({ length: 50 }, () => randomUUID())
  await once('count of what waits', makePostgresFleetReads(database).backlog(known))
  for (const kind of ['obligations', 'looks'] as const) {
    const claimed = await once(`claim of due ${kind}`, dueWork.claim({ terms, kind, attemptIds }))
    process.stdout.write(`  ${String(claimed.length)} claimed of ${String(clusters)}\n`)
  }
}

const prepare = async (url: string): Promise<void> => {
  const database = await openDatabase(databaseSettings(url))
  await migrate(database)
  await database.close()
}

const testDatabase = await openTestDatabase({ name: 'lists', prepare })
const database = await openDatabase(databaseSettings(testDatabase.url, { statementTimeoutSeconds: 900 }))
const filler = await database.pool.connect()
for (const statement of fill) await filler.query(statement)
filler.release(true)
await report(database)
await reportStart(database)
await database.close()
await testDatabase.drop()
