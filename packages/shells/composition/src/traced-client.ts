import type { RegistryClient } from '@pull-secret/domain'
import type { Tracer } from '@pull-secret/telemetry'
import type { Task } from 'fp-ts/lib/Task.js'
import { withEachCall } from './each-call.ts'
import type { CallOutcome } from './registry-health.ts'

/** The same client, with a span around each of its calls, which the requests to the vendor belong to. */
export const tracedClient =
  ({ within }: Tracer) =>
  (registryId: string, client: RegistryClient): RegistryClient => {
    const traced =
      <A extends CallOutcome>(operation: string, call: Task<A>): Task<A> =>
      () =>
        within(
          {
            name: `registry.${operation}`,
            kind: 'internal',
            attributes: { 'hyperfleet.registry': registryId, 'hyperfleet.operation': operation },
          },
          call,
          ({ kind, problem }) => ({ attributes: { 'hyperfleet.outcome': kind }, failure: problem }),
        )
    return withEachCall(client, traced)
  }
