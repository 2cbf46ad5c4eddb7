import type { PreparedServer, ServerRoot, StartFault } from '@pull-secret/composition/server'
import { unlessAborted } from './unless-aborted.ts'

type Faults = ReadonlyArray<StartFault>

/** Whether nothing keeps a service from its start but a database that is away. */
export const isOutage = (faults: Faults): boolean =>
  faults.length > 0 && faults.every(({ outage }) => outage !== undefined)

const intervalMilliseconds = 1000

const tell = ({ sparingLog }: Pick<ServerRoot, 'sparingLog'>, faults: Faults): void => {
  for (const { message, outage } of faults)
    sparingLog(`start ${String(outage)}`, 'warn', `waiting for the database: ${message}`, { error_code: outage })
}

/**
 * Starts the service as soon as the database is there. Gives every other reason why it must not start, or undefined
 * when it is stopped before.
 */
export const awaitDatabase = async (
  { root, start }: PreparedServer,
  faults: Faults,
  stop: AbortSignal,
): Promise<Faults | undefined> => {
  tell(root, faults)
  await unlessAborted(stop, root.clock.sleep(intervalMilliseconds)())
  if (stop.aborted) return undefined
  const later = await unlessAborted(stop, start())
  if (later !== undefined && isOutage(later)) return awaitDatabase({ root, start }, later, stop)
  return later
}
