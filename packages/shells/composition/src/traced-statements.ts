import type { AroundStatement } from '@pull-secret/postgres'
import type { Tracer } from '@pull-secret/telemetry'

/** A span for every statement, by its name: never its text, and never a value. */
export const tracedStatements =
  ({ within }: Tracer): AroundStatement =>
  ({ name, place }, send) =>
    within(
      {
        name,
        kind: 'client',
        attributes: {
          'db.system.name': 'postgresql',
          'db.query.summary': name,
          'db.namespace': place.database,
          'server.address': place.host,
          'server.port': place.port,
        },
      },
      send,
    )
