import type { UseCases } from '@pull-secret/application'
import type { Cause, Failure, RecoverySummary } from '@pull-secret/domain'
import {
  type AnsweredError,
  isJobName,
  type JobName,
  jobNames,
  toJobRunBody,
  toRegistriesBody,
} from '@pull-secret/wire'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Api } from './api.ts'
import { operation } from './operation.ts'

/** Runs a job on request, one run of a job at a time. */
export type RunJob = (job: JobName, cause: Cause) => TE.TaskEither<AnsweredError, RecoverySummary>

const unknownJob: Failure<'INVALID_INPUT'> = {
  code: 'INVALID_INPUT',
  field: 'name',
  rule: 'invalid',
  message: `name must be one of ${jobNames.join(', ')}`,
  validValues: jobNames,
}

export const operatorOperations = (
  { checkRegistries }: Pick<UseCases, 'checkRegistries'>,
  runJob: RunJob,
): Pick<Api, 'listRegistries' | 'runJob'> => ({
  listRegistries: operation('listRegistries', ({ query }) =>
    TE.fromTask(
      pipe(
        checkRegistries({ askVendors: query.check ?? false }),
        T.map((reports) => ({ status: 200, body: toRegistriesBody(reports) })),
      ),
    ),
  ),
  runJob: operation('runJob', ({ parameters: { name = '' } }, { subject, traceId }) =>
    isJobName(name)
      ? pipe(
          runJob(name, { subject, reason: 'manual', traceId }),
          TE.map((summary) => ({ status: 200, body: toJobRunBody(name, summary) })),
        )
      : TE.left(unknownJob),
  ),
})
