import { defineEntity, p } from '@mikro-orm/core'

/** The one row that says whose ledger this is. */
export const DeploymentEntity = defineEntity({
  name: 'Deployment',
  tableName: 'deployment',
  properties: {
    single: p.boolean().primary(),
    id: p.text(),
    enabledRegistries: p.array().columnType('text[]').nullable(),
  },
})
