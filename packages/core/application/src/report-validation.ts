import type { Credential, Logger, Meter, Validation } from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import * as IO from 'fp-ts/lib/IO.js'

/** Tells operators what a login with a published credential showed. */
export type ReportValidation = (credential: Credential, validation: Validation) => IO.IO<void>

export interface ReportValidationDeps {
  readonly logger: Logger
  readonly meter: Meter
}

export const makeReportValidation =
  ({ logger, meter }: ReportValidationDeps): ReportValidation =>
  (credential, validation) =>
    pipe(
      meter.count('credential_validations_total', { registry: credential.registryId, result: validation.kind }),
      IO.flatMap(() =>
        logger.log(
          validation.kind === 'valid' ? 'debug' : 'warn',
          `a login with a published credential: ${validation.kind}`,
          {
            registry: credential.registryId,
            cluster_id: credential.clusterId,
            operation: 'validate',
            credential_id: credential.id,
            problem: validation.kind === 'indeterminate' ? validation.problem : undefined,
          },
        ),
      ),
    )
