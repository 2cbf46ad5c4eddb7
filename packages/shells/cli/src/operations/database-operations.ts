import { randomBytes } from 'node:crypto'
import { reportThrown } from '@pull-secret/api'
import type { ServerRoot } from '@pull-secret/composition/server'
import { makeEmbeddedOperations } from '@pull-secret/sdk/operations'
import { type CommandOperations, makeCommandOperations } from './operations.ts'

export interface DatabaseOperationsDeps {
  readonly root: Pick<ServerRoot, 'api' | 'logger' | 'close'>
  readonly userName: string
}

/** The operations on the database, in this process. Changes are audited under the operating system's user. */
export const makeDatabaseOperations = ({
  root: { api, logger, close },
  userName,
}: DatabaseOperationsDeps): CommandOperations =>
  makeCommandOperations(
    makeEmbeddedOperations({
      api: reportThrown(api, logger),
      subject: `cli:${userName}`,
      nextTraceId: () => randomBytes(16).toString('hex'),
      close,
    }),
  )
