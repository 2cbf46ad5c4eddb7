import type { Credential, Logger, Meter } from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import * as IO from 'fp-ts/lib/IO.js'

type Operation = 'create' | 'revoke'

/** Tells operators how a vendor call ended. */
export type ReportOutcome = (
  operation: Operation,
  credential: Credential,
  outcome: { readonly kind: string; readonly problem?: string },
) => IO.IO<void>

export interface ReportDeps {
  readonly logger: Logger
  readonly meter: Meter
}

export const makeReportOutcome =
  ({ logger, meter }: ReportDeps): ReportOutcome =>
  (operation, credential, outcome) => {
    const failed = outcome.problem !== undefined || outcome.kind === 'name_burnt'
    const count = meter.count('credential_operations_total', {
      registry: credential.registryId,
      operation,
      status: failed ? 'failure' : 'success',
    })
    const say = logger.log(failed ? 'warn' : 'info', `${operation} at the registry: ${outcome.kind}`, {
      registry: credential.registryId,
      cluster_id: credential.clusterId,
      operation,
      credential_id: credential.id,
      problem: outcome.problem,
    })
    return pipe(
      count,
      IO.flatMap(() => say),
    )
  }
