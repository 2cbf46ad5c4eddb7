import { randomBytes, randomUUID } from 'node:crypto'
import type { Ids } from '@pull-secret/domain'

/** Ids, name material and secrets from the operating system's random source. */
export const makeNodeIds = (): Ids => ({
  uuid: () => randomUUID(),
  entropy: () => randomBytes(16).toString('hex'),
  secret: () => randomBytes(32).toString('base64url'),
})
