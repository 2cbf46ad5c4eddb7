import type { PoolClient } from 'pg'
import { sqlStateOf } from './sql-state.ts'

/** The commit was sent and not acknowledged: it may have happened, or may still happen. */
export class CommitUnknown extends Error {}

/** The server took the commit of a transaction in which a statement had failed for a rollback. */
export class RolledBack extends Error {
  readonly code = '25P02'
}

/**
 * Only these say that a commit did not happen; a lost connection or a server that is stopping may have committed
 * before.
 */
const isDefiniteRefusal = (error: unknown): boolean => /^(40001|40P01|23|25)/.test(sqlStateOf(error) ?? '')

const unknown = (cause: unknown): CommitUnknown => new CommitUnknown('the commit was not acknowledged', { cause })

/** The command that the server names when it has done what it was asked to. Rejects where it says it with a warning. */
const completed = async (client: PoolClient): Promise<string> => {
  const warnings: Array<unknown> = []
  const collect = (warning: unknown): void => {
    warnings.push(warning)
  }
  client.on('notice', collect)
  try {
    const { command } = await client.query('commit')
    // Whoever cancels the wait for a synchronous standby makes a commit that a failover may lose.
    if (warnings.length > 0) throw unknown(warnings[0])
    return command
  } catch (error) {
    throw error instanceof CommitUnknown || isDefiniteRefusal(error) ? error : unknown(error)
  } finally {
    client.off('notice', collect)
  }
}

/** Resolves only when the commit is acknowledged. */
export const commit = async (client: PoolClient): Promise<void> => {
  if ((await completed(client)) !== 'COMMIT') throw new RolledBack('the transaction was rolled back')
}
