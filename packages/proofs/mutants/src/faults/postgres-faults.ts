import { at, type ProtocolMutant } from '../protocol-mutant.ts'

const ledger = at('packages/adapters/postgres/src/postgres-ledger.ts')
const transaction = at('packages/adapters/postgres/src/transaction.ts')
const terms = at('packages/adapters/postgres/src/terms.ts')
const commit = at('packages/adapters/postgres/src/commit.ts')
const connections = at('packages/adapters/postgres/src/connections.ts')
const single = at('packages/adapters/postgres/src/single-statements.ts')
const failure = at('packages/adapters/postgres/src/ledger-failure.ts')
const claim = at('packages/adapters/postgres/src/statements/claim-due.ts')
const dueKinds = at('packages/adapters/postgres/src/statements/due-kinds.ts')
const load = at('packages/adapters/postgres/src/statements/load-cluster.ts')
const view = at('packages/adapters/postgres/src/statements/view-clusters.ts')
const ban = at('packages/adapters/postgres/src/statements/write-ban.ts')
const batches = at('packages/adapters/postgres/src/batches.ts')
const writeCredential = at('packages/adapters/postgres/src/statements/write-credential.ts')
const writeCluster = at('packages/adapters/postgres/src/statements/write-cluster.ts')
const audit = at('packages/adapters/postgres/src/statements/append-audit.ts')
const shared = at('packages/adapters/postgres/src/statements/shared-object-leases.ts')
const sharedRows = at('packages/adapters/postgres/src/statements/shared-object-rows.ts')
const reads = at('packages/adapters/postgres/src/postgres-reads.ts')
const register = at('packages/adapters/postgres/src/postgres-register.ts')
const versions = at('packages/adapters/postgres/src/migrations/migration-20261130-versions.ts')
const schema = at('packages/adapters/postgres/src/migrations/migration-20261121-ledger.ts')

/** Faults in the ledger on PostgreSQL. */
// prettier-ignore
export const postgresFaults: ReadonlyArray<ProtocolMutant> = [
  ledger('PostgreSQL: recording asks for no fence', 'row?.fence === lease.fence && row.lease?.attemptId === lease.attemptId', 'row !== undefined && row.lease?.attemptId === lease.attemptId'),
  ledger('PostgreSQL: recording asks for no attempt', 'row?.fence === lease.fence && row.lease?.attemptId === lease.attemptId', 'row?.fence === lease.fence'),
  ledger('PostgreSQL: what a late holder has learnt is dropped', 'row === undefined ? undefined : withLateFindings(row, findings, now)', 'undefined'),
  ledger('PostgreSQL: a row that changed meanwhile counts as written', 'if (!(await write(connection, transition, cluster?.externalId))) throw', 'if (!(await write(connection, transition, cluster?.externalId)) && false) throw'),
  ledger('PostgreSQL: an illegal step is written', 'if (broken !== undefined)', 'if (false)'),
  ledger('PostgreSQL: a decision that lost a race is not made again', 'if (tries > 1 && mayRepeat(error))', 'if (false)'),
  ledger('PostgreSQL: the audit is left out', 'await appendAudit(connection, clusterId, auditOf(decision, clusterId, loaded.now), loaded.auditCount, loaded.auditHead)', ''),
  audit('PostgreSQL: the audit follows in a transaction of its own', "await connection.query('append-audit'", "await connection.query('early-commit', 'commit', [])\n  await connection.query('append-audit'"),
  audit('PostgreSQL: a hash does not cover the record before', 'canonicalAuditText(record, sequence, hash)', 'canonicalAuditText(record, sequence, chainStart)'),
  audit('PostgreSQL: the head of a chain stays its first', ', head = excluded.head)', ')'),
  terms('PostgreSQL: a decision takes no lock', '...(terms.lockedCluster === undefined ? [] :', '...(true ? [] :'),
  terms('PostgreSQL: an acknowledged commit may get lost, as the server likes', "in ('off', 'local', 'remote_write')", "in ('never')"),
  terms('PostgreSQL: a commit does not wait for a standby as long as the server wants', "else current_setting('synchronous_commit') end", "else 'on' end"),
  terms('PostgreSQL: a transaction has the isolation that the server likes', '`begin isolation level read committed${', '`begin${'),
  terms('PostgreSQL: settings outlive a transaction behind a pooler', "...settings(terms, 'set local')", "...settings(terms, 'set')"),
  terms('PostgreSQL: a temporary table stands in for a table', "'public, pg_temp'", "'pg_temp, public'"),
  terms('PostgreSQL: a single statement has the isolation that the server likes', "`set default_transaction_isolation to 'read committed'`,", ''),
  commit('PostgreSQL: an unacknowledged commit counts as an outage', 'isDefiniteRefusal(error) ? error : unknown(error)', 'isDefiniteRefusal(error) ? error : error'),
  commit('PostgreSQL: a commit counts as not made where the server ends the connection', '/^(40001|40P01|23|25)/', '/^(40001|40P01|23|25|57)/'),
  commit('PostgreSQL: a rollback counts as a commit', "if ((await completed(client)) !== 'COMMIT')", "if ((await completed(client)) === 'NONE')"),
  commit('PostgreSQL: a commit that no standby has is acknowledged', 'if (warnings.length > 0)', 'if (false)'),
  connections('PostgreSQL: a server that was demoted keeps its other connections', 'if (isReadOnly(error)) abandonAll()', ''),
  connections('PostgreSQL: a server that was demoted keeps what is under way', 'client.release(outdated.has(client))\n        return answer', 'client.release()\n        return answer'),
  transaction('PostgreSQL: a connection to a server that was demoted is kept', '(08|57|25006|25P0[34])', '(08|57|25P0[34])'),
  transaction('PostgreSQL: a server without writes is not noticed', 'rows[0]?.is_read_only === true', 'false'),
  transaction('PostgreSQL: a write fails because the server was demoted', '!hasBegun && (wasLost(error) || isReadOnly(error) || wasEnded(error))', 'false'),
  single('PostgreSQL: a single write fails because the server was demoted', 'repeatedWhen(isReadOnly,', 'repeatedWhen(() => false,'),
  transaction('PostgreSQL: an unacknowledged commit is made again', 'error instanceof RaceLost || repeatable', "error instanceof RaceLost || (error as Error).constructor.name === 'CommitUnknown' || repeatable"),
  transaction('PostgreSQL: a transaction that failed stays open', "await send('rollback', () => client.query('rollback'))", ''),
  failure('PostgreSQL: a bug counts as an outage', 'if (isBug(error)) throw error\n      return E.left(toLedgerFailure(database, error))', 'return E.left(toLedgerFailure(database, error))'),
  load('PostgreSQL: a decision is told when its transaction began', "epochMilliseconds('clock_timestamp()')", "epochMilliseconds('now()')"),
  load('PostgreSQL: a decision is shown the rows of every cluster', "where r.cluster_id = $1 and r.state <> 'revoked'", "where r.state <> 'revoked'"),
  load('PostgreSQL: a release writes what a later one must not be mixed with', 'if (row.minimum_writer > ledgerProtocol)', 'if (false)'),
  claim('PostgreSQL: a release claims what a later one must not be mixed with', 'and coalesce((select minimum_writer from deployment), 1) <= ${String(ledgerProtocol)}', ''),
  load('PostgreSQL: a decision is shown revoked rows', "where r.cluster_id = $1 and r.state <> 'revoked'", 'where r.cluster_id = $1'),
  versions('PostgreSQL: a counter of generations goes back', 'greatest(counter.generation, excluded.generation)', 'excluded.generation'),
  versions('PostgreSQL: an older release writes without a new version', 'new.version := old.version + 1;', 'new.version := greatest(new.version, old.version);'),
  view('PostgreSQL: an answer is shown revoked rows', " and o.state <> 'revoked' offset 0", ' offset 0'),
  batches('PostgreSQL: a read is answered by a statement that was begun before it', 'open = undefined\n    return readAll([...keys])', 'const answers = await readAll([...keys])\n    open = undefined\n    return answers'),
  writeCredential('PostgreSQL: a row is written over what was written since', 'and version = $2', 'and $2::integer is not null'),
  writeCluster('PostgreSQL: a cluster is written over what was written since', 'and version = $2', 'and $2::integer is not null'),
  dueKinds('PostgreSQL: a claim takes rows that somebody holds', 'and (r.lease_expires_at is null or r.lease_expires_at <= (select now from moment))', ''),
  dueKinds('PostgreSQL: a claim takes over no lease that expired', 'and (r.lease_expires_at is null or r.lease_expires_at <= (select now from moment))', 'and r.lease_expires_at is null'),
  claim('PostgreSQL: two claims take one row', 'for update of r skip locked', ''),
  claim('PostgreSQL: a claim waits for rows that another has locked', 'for update of r skip locked', 'for update of r'),
  claim('PostgreSQL: a claim takes rows of a moved registry', 'r.registry_id = $1 and r.scope = $2', 'r.registry_id = $1 and $2::text is not null'),
  shared('a fence that is passed is lowered', 'set fence = greatest(o.fence, excluded.fence)', 'set fence = excluded.fence'),
  shared('PostgreSQL: a shared object is handed on without a higher fence', 'fence = o.fence + 1', 'fence = o.fence'),
  shared('PostgreSQL: a shared object is taken from its holder', 'expires_at = excluded.expires_at\n    where o.expires_at <= clock_timestamp()', ''),
  shared('PostgreSQL: leases under which nothing was written count', 'fence = fence - $4', 'fence = fence - 0 * $4::integer'),
  shared('PostgreSQL: a late release takes the fence of the next holder back', 'and attempt_id = $3', 'and $3::uuid is not null'),
  shared('PostgreSQL: a late release ends the lease of the next holder', 'and fence = $2', 'and $2::integer is not null'),
  sharedRows('PostgreSQL: a shared object holds rows of other registries', 'where r.registry_id = $1 and', 'where $1::text is not null and'),
  sharedRows('PostgreSQL: a shared object holds rows that are being revoked', "'active', 'retiring')", "'active', 'retiring', 'revoking')"),
  sharedRows('PostgreSQL: a shared object loses rows that are not published yet', "('intended', 'ready', 'active', 'retiring')", "('active', 'retiring')"),
  sharedRows('PostgreSQL: a shared object holds rows that nobody has attempted', ' and r.attempts > 0', ''),
  reads('PostgreSQL: deleted clusters are due', "offset 0) and state = 'live'", 'offset 0)'),
  reads('PostgreSQL: an older replica is given clusters that a newer one has to complete', 'coalesce(enabled_registries <@ $2::text[], true)', '($2::text[] is not null)'),
  register('PostgreSQL: the deployment that comes last owns the ledger', '(true, $1) on conflict do nothing', '(true, $1) on conflict (single) do update set id = excluded.id'),
  register('PostgreSQL: an enabled registry makes no cluster due', 'isNewlyEnabled ? 1 : 0', '0'),
  register('PostgreSQL: revoked rows keep a scope in use', "from registry_credentials where state <> 'revoked' order by", 'from registry_credentials order by'),
  schema('PostgreSQL: two rows may be active', 'create unique index uniq_registry_credentials_active', 'create index uniq_registry_credentials_active'),
  schema('PostgreSQL: two rows may be unpublished', 'create unique index uniq_registry_credentials_unpublished', 'create index uniq_registry_credentials_unpublished'),
  schema('PostgreSQL: two rows may have one name', 'create unique index uniq_registry_credentials_name', 'create index uniq_registry_credentials_name'),
  schema('PostgreSQL: audit records may be altered', 'before update or delete on credential_audit_log', 'before delete on credential_audit_log'),
  ban('PostgreSQL: a release that knows no bans writes on after one', 'await keepOlderReleasesOut(connection)', ''),
  ban('PostgreSQL: a ban is written over what was not read', 'where cluster_id = $1 and version = $2', 'where cluster_id = $1 and $2::int is not null'),
  at('packages/adapters/postgres/src/postgres-reads.ts')('PostgreSQL: a ban without a cluster is not shown', ' ?? (await banRowsOf(clusterId))', ''),
  claim('PostgreSQL: the revocations of a ban are in no hurry', 'dormantSince: clusterColumns.dormantSince,', ''),
]
