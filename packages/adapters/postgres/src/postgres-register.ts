import {
  changedKey,
  type DeploymentRegister,
  type DisplacedRegistry,
  displacedRegistry,
  type Failure,
  type KeyCheck,
  type RegistryFacts,
  type RegistryScope,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { Connection } from './connection.ts'
import { reading } from './ledger-failure.ts'
import type { Database } from './open-database.ts'
import { readingStatements, writingStatements } from './single-statements.ts'
import { registriesLock } from './terms.ts'
import { inTransaction } from './transaction.ts'

const owner = 'select id from deployment'

const storeOwner = 'insert into deployment (single, id) values (true, $1) on conflict do nothing'

/**
 * The scopes are found by one step down idx_registry_credentials_scope for each, and what stands there is counted up to
 * a bound: a group by would read every credential of the fleet.
 */
const scopes = `
  with recursive found as (
    (select registry_id, scope from registry_credentials where state <> 'revoked' order by registry_id, scope limit 1)
    union all
    select next.registry_id, next.scope from found cross join lateral (
      select r.registry_id, r.scope from registry_credentials r
      where r.state <> 'revoked' and (r.registry_id, r.scope) > (found.registry_id, found.scope)
      order by r.registry_id, r.scope limit 1) next)
  select f.registry_id as "registryId", f.scope, (
      select count(*)::integer from (
        select from registry_credentials r
        where r.state <> 'revoked' and r.registry_id = f.registry_id and r.scope = f.scope limit 10000) counted
    ) as credentials, (
      select r.cluster_id from registry_credentials r
      where r.state <> 'revoked' and r.registry_id = f.registry_id and r.scope = f.scope limit 1
    ) as "clusterId"
  from found f`

const enabledRegistries = 'select enabled_registries from deployment for update'

/** Clusters are due by the epoch: no statement touches the whole fleet. */
const storeRegistries = `
  update deployment
  set enabled_registries = $1, required_registries = $2, registry_scopes = $3, epoch = epoch + $4`

const knownKeys = 'select key_id as "keyId", check_value as check from encryption_keys order by key_id'

/** In the order of their ids, so that two starts never wait for each other. */
const rememberKeys = `
  insert into encryption_keys (key_id, check_value)
  select k."keyId", k."check" from json_to_recordset($1) as k("keyId" text, "check" text) order by k."keyId"
  on conflict do nothing`

const ownerOf = async (connection: Connection): Promise<string | undefined> =>
  (await connection.query<{ readonly id: string }>('owner', owner, []))[0]?.id

/** Stores the id unless there is one; gives what is stored. */
const storedId = async (connection: Connection, deploymentId: string): Promise<string> => {
  await connection.query('store-owner', storeOwner, [deploymentId])
  const stored = await ownerOf(connection)
  if (stored === undefined) throw new Error('the id of the deployment was stored and is gone')
  return stored
}

const keysOf = (connection: Connection): Promise<ReadonlyArray<KeyCheck>> =>
  connection.query<KeyCheck>('known-keys', knownKeys, [])

/** Looked at again after they are remembered: another start may have come first. */
const agreeOnKeys = async (
  connection: Connection,
  keys: ReadonlyArray<KeyCheck>,
): Promise<Failure<'KEY_CHANGED'> | undefined> => {
  const known = await keysOf(connection)
  const changed = changedKey(known, keys)
  if (changed !== undefined || keys.every(({ keyId }) => known.some((key) => key.keyId === keyId))) return changed
  await connection.query('remember-keys', rememberKeys, [JSON.stringify(keys)])
  return changedKey(await keysOf(connection), keys)
}

const agreeOnRegistries = async (
  connection: Connection,
  registries: ReadonlyArray<RegistryFacts>,
): Promise<E.Either<DisplacedRegistry, void>> => {
  await connection.query('lock-registries', `select pg_advisory_xact_lock(${registriesLock})`, [])
  const [deployment] = await connection.query<{ readonly enabled_registries: ReadonlyArray<string> | null }>(
    'enabled-registries',
    enabledRegistries,
    [],
  )
  const displaced = displacedRegistry(await connection.query<RegistryScope>('scopes-in-use', scopes, []), registries)
  if (displaced !== undefined) return E.left(displaced)
  const known = deployment?.enabled_registries ?? undefined
  const enabled = registries.filter((registry) => registry.enabled).map(({ id }) => id)
  const required = registries.filter((registry) => registry.enabled && registry.required).map(({ id }) => id)
  const isNewlyEnabled = known !== undefined && enabled.some((id) => !known.includes(id))
  const places = JSON.stringify(Object.fromEntries(registries.map(({ id, scope }) => [id, scope])))
  await connection.query('store-registries', storeRegistries, [enabled, required, places, isNewlyEnabled ? 1 : 0])
  return E.right(undefined)
}

export const makePostgresRegister = (database: Database): DeploymentRegister => {
  const [reads, writes] = [readingStatements(database), writingStatements(database)]
  return {
    owner: reading(database, () => ownerOf(reads)),
    agreeOn: (deploymentId) => async () => {
      const stored = await reading(database, () => storedId(writes, deploymentId))()
      if (E.isLeft(stored)) return stored
      return stored.right === deploymentId
        ? E.right(undefined)
        : E.left({ code: 'DEPLOYMENT_MISMATCH', stored: stored.right, configured: deploymentId })
    },
    keys: reading(database, () => keysOf(reads)),
    agreeOnKeys: (keys) => async () => {
      const changed = await reading(database, () => agreeOnKeys(writes, keys))()
      if (E.isLeft(changed)) return changed
      return changed.right === undefined ? E.right(undefined) : E.left(changed.right)
    },
    scopesInUse: reading(database, () => reads.query<RegistryScope>('scopes-in-use', scopes, [])),
    agreeOnRegistries: (registries) => async () => {
      const agreed = await reading(database, () =>
        inTransaction(database, (own) => agreeOnRegistries(own, registries)),
      )()
      return E.isLeft(agreed) ? agreed : agreed.right
    },
  }
}
