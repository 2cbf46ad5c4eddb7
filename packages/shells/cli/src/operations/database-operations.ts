import { randomBytes } from 'node:crypto'
import { reportThrown } from '@pull-secret/api'
import type { ServerRoot } from '@pull-secret/composition/server'
import { makeEmbeddedOperations } from '@pull-secret/sdk/operations'
import { type CommandOperations, makeCommandOperations } from './operations.ts'

export interface DatabaseOperationsDeps {
  readonly root: Pick<ServerRoot, 'api' | 'logger' | 'jobs' | 'close'>
  readonly userName: string
  readonly stop: AbortSignal
}

/**
 * The operations on the database, in this process. Changes are audited under the operating system's user.
 * A job that runs when the command is stopped starts no new work.
 */
export const makeDatabaseOperations = ({
  root: { api, logger, jobs, close },
  userName,
  stop,
}: DatabaseOperationsDeps): CommandOperations => {
  stop.addEventListener('abort', () => void jobs.stop(), { once: true })
  return makeCommandOperations(
    makeEmbeddedOperations({
      api: reportThrown(api, logger),
      subject: `cli:${userName}`,
      nextTraceId: () => randomBytes(16).toString('hex'),
      close,
    }),
    stop,
  )
}
