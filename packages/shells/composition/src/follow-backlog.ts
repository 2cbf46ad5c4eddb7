import { type Clock, type FleetReads, type ReadBacklogs, rowWorks } from '@pull-secret/domain'
import type { PrometheusMeter } from '@pull-secret/telemetry'
import * as E from 'fp-ts/lib/Either.js'

export interface BacklogParts {
  readonly meter: Pick<PrometheusMeter, 'follow'>
  readonly clock: Pick<Clock, 'monotonic'>
  readonly fleet: Pick<FleetReads, 'backlog'>
  readonly registryIds: ReadonlyArray<string>
  /** Told of what no fault of the database explains. */
  readonly onBug: (error: unknown) => void
}

/** However often it is scraped, the ledger is asked no more often. */
const freshMilliseconds = 10_000
/** What is older is not told: the ledger could not be asked. */
const toldMilliseconds = 120_000

interface Known extends ReadBacklogs {
  readonly askedAt: number
}

/**
 * Shows whoever scrapes what waits at each registry. A scrape is answered with what the one before it asked for, so
 * that it never waits for the database.
 */
export const followBacklog = ({ meter, clock, fleet, registryIds, onBug }: BacklogParts): void => {
  let known: Known | undefined
  let lastAskedAt = -Infinity

  const ask = async (): Promise<void> => {
    const askedAt = clock.monotonic()
    lastAskedAt = askedAt
    const read = await fleet.backlog(registryIds)()
    if (E.isRight(read)) known = { ...read.right, askedAt }
  }

  /** Every registry and work, so that a series does not end when nothing waits. */
  const current = () => {
    const now = clock.monotonic()
    if (now - lastAskedAt >= freshMilliseconds) void ask().catch(onBug)
    if (known === undefined || now - known.askedAt > toldMilliseconds) return []
    const { backlogs, readAt } = known
    return registryIds.flatMap((registry) =>
      rowWorks.map((work) => {
        const found = backlogs.find((one) => one.registryId === registry && one.work === work)
        return {
          labels: { registry, work },
          due: found?.due ?? 0,
          age: (readAt - (found?.dueSince ?? readAt)) / 1000,
          stuck: found?.stuck ?? 0,
        }
      }),
    )
  }

  meter.follow('recovery_backlog', () => current().map(({ labels, due }) => ({ labels, value: due })))()
  meter.follow('recovery_backlog_age_seconds', () => current().map(({ labels, age }) => ({ labels, value: age })))()
  meter.follow('stuck_credentials', () => current().map(({ labels, stuck }) => ({ labels, value: stuck })))()
}
