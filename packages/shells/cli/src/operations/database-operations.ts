import { randomBytes } from 'node:crypto'
import type { ServerRoot } from '@pull-secret/composition/server'
import { makeEmbeddedOperations } from '@pull-secret/sdk/operations'
import { makeOperations, type Operations } from './operations.ts'

export interface DatabaseOperationsDeps {
  readonly root: Pick<ServerRoot, 'api' | 'close'>
  readonly userName: string
}

/** The operations on the database, in this process. Changes are audited under the operating system's user. */
export const makeDatabaseOperations = ({ root: { api, close }, userName }: DatabaseOperationsDeps): Operations =>
  makeOperations(
    makeEmbeddedOperations({
      api,
      subject: `cli:${userName}`,
      nextTraceId: () => randomBytes(16).toString('hex'),
      close,
    }),
  )
