import type { UseCases } from '@pull-secret/composition'
import type { Cause } from '@pull-secret/domain'
import { type AnsweredError, registriesQuery, routes, toJobRunBody, toRegistriesBody } from '@pull-secret/wire'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Admission } from './admission.ts'
import { jsonAnswer } from './answer.ts'
import type { AnswerSubject, ServedRoute } from './call.ts'
import { decodedQuery } from './decoded.ts'
import type { RecoveryRuns } from './recovery-runs.ts'

export interface OperatorRoutesDeps {
  readonly useCases: UseCases
  readonly admission: Admission
  readonly recovery: RecoveryRuns
}

const jobs = ['recovery']

const unknownJob: AnsweredError = {
  code: 'INVALID_INPUT',
  field: 'name',
  rule: 'invalid',
  message: `name must be one of ${jobs.join(', ')}`,
  validValues: jobs,
}

const listRegistries =
  ({ useCases }: OperatorRoutesDeps): AnswerSubject =>
  (call) =>
    pipe(
      TE.fromEither(decodedQuery(registriesQuery, call.query)),
      TE.flatMap(({ check = false }) =>
        TE.fromTask<Parameters<typeof toRegistriesBody>[0], AnsweredError>(useCases.checkRegistries(check)),
      ),
      TE.map((listed) => jsonAnswer(200, toRegistriesBody(listed))),
    )

const runJob =
  ({ recovery }: OperatorRoutesDeps): AnswerSubject =>
  ({ parameters, traceId }, subject) => {
    const { name = '' } = parameters
    const cause: Cause = { subject: subject.name, reason: 'manual', traceId }
    return jobs.includes(name)
      ? pipe(
          recovery.run(cause),
          TE.map(({ rows, clusters, failed, isFinished }) =>
            jsonAnswer(200, toJobRunBody(name, isFinished, { rows, clusters, failed })),
          ),
        )
      : TE.left(unknownJob)
  }

export const operatorRoutes = (deps: OperatorRoutesDeps): ReadonlyArray<ServedRoute> => [
  {
    route: routes.listRegistries,
    answer: deps.admission.toFleet({ verb: 'list', resource: 'registries' }, listRegistries(deps)),
  },
  { route: routes.runJob, answer: deps.admission.toFleet({ verb: 'create', resource: 'jobs' }, runJob(deps)) },
]
