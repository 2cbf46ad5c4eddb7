import type { ClientBase } from 'pg'

/** How long to wait for a lock, which others hold for one short transaction at a time. */
export const lockTimeout = '3s'

/**
 * Ends on the server's side what takes too long: a client that gives up waiting leaves its backend behind. Set after
 * connecting, because poolers refuse these as connection parameters.
 */
export const limitSession = async (client: ClientBase, statementTimeoutSeconds: number): Promise<void> => {
  await client.query(
    `set statement_timeout = '${String(statementTimeoutSeconds)}s'; set lock_timeout = '${lockTimeout}'`,
  )
}
