import * as E from 'fp-ts/lib/Either.js'
import type { DeploymentRegister, RegistryScope } from '@pull-secret/domain'
import { connectionOver } from './connection.ts'
import { DeploymentEntity } from './deployment-entity.ts'
import { reading } from './ledger-failure.ts'
import type { Database } from './open-database.ts'

const scopes = `select distinct registry_id as "registryId", scope from registry_credentials where state <> 'revoked' order by 1, 2`

const makeLiveClustersDue = `update clusters set next_attempt_at = clock_timestamp() where state = 'live'`

/** Stores the id unless another replica did; gives what is stored. */
const storedId = async (database: Database, deploymentId: string): Promise<string> => {
  const em = database.orm.em.fork()
  await em.upsert(DeploymentEntity, { single: true, id: deploymentId }, { onConflictAction: 'ignore' })
  return (await em.fork().findOneOrFail(DeploymentEntity, { single: true })).id
}

const rememberEnabled = (database: Database, registryIds: ReadonlyArray<string>): Promise<void> =>
  database.orm.em.fork().transactional(async (em) => {
    const deployment = await em.findOneOrFail(DeploymentEntity, { single: true })
    const known = deployment.enabledRegistries
    deployment.enabledRegistries = [...registryIds]
    const isNew = known !== null && known !== undefined && registryIds.some((id) => !known.includes(id))
    if (isNew) await em.execute(makeLiveClustersDue)
  })

export const makePostgresRegister = (database: Database): DeploymentRegister => {
  const connection = connectionOver(database.pool, database.preparedStatements)
  return {
    owner: reading(async () => (await connection.query<{ id: string }>('owner', 'select id from deployment', []))[0]?.id),
    agreeOn: (deploymentId) => async () => {
      const stored = await reading(() => storedId(database, deploymentId))()
      if (E.isLeft(stored)) return stored
      return stored.right === deploymentId ? E.right(undefined) : E.left({ code: 'DEPLOYMENT_MISMATCH', stored: stored.right, configured: deploymentId })
    },
    scopesInUse: reading(() => connection.query<{ registryId: string; scope: string }>('scopes-in-use', scopes, []) satisfies Promise<ReadonlyArray<RegistryScope>>),
    rememberEnabled: (registryIds) => reading(() => rememberEnabled(database, registryIds)),
  }
}
