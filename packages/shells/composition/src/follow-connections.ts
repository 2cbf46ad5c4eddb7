import type { Database } from '@pull-secret/postgres'
import type { PrometheusMeter } from '@pull-secret/telemetry'

/** Shows whoever scrapes how many connections this process has. */
export const followConnections = (meter: Pick<PrometheusMeter, 'follow'>, { pool }: Pick<Database, 'pool'>): void => {
  meter.follow('db_connections', () => [
    { value: pool.idleCount, labels: { state: 'idle' } },
    { value: pool.totalCount - pool.idleCount, labels: { state: 'in_use' } },
    { value: pool.options.max, labels: { state: 'max' } },
  ])()
}
