import type { Clock, Meter } from '@pull-secret/domain'
import type { AroundStatement } from '@pull-secret/postgres'

/** Observes how long each statement takes, whatever becomes of it, with what else goes around it. */
export const measuredStatements =
  (
    meter: Pick<Meter, 'observe'>,
    clock: Pick<Clock, 'monotonic'>,
    inner: AroundStatement = (_statement, send) => send(),
  ): AroundStatement =>
  async (statement, send) => {
    const startedAt = clock.monotonic()
    try {
      return await inner(statement, send)
    } finally {
      meter.observe('db_query_duration_seconds', (clock.monotonic() - startedAt) / 1000, {})()
    }
  }
