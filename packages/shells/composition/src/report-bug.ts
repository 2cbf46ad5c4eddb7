import { describeThrown } from '@pull-secret/api'
import type { Logger } from '@pull-secret/domain'

/** For work that nobody waits for: an error that only a bug makes it throw is logged, and the process goes on. */
export const makeReportBug =
  (logger: Logger, operation: string) =>
  (error: unknown): void => {
    logger.log('error', `${operation} failed with an unexpected error`, { operation, ...describeThrown(error) })()
  }
