import type { Meter, PullSecret } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as IO from 'fp-ts/lib/IO.js'
import * as T from 'fp-ts/lib/Task.js'
import type { RetrieveFailure, RetrievePullSecret } from './retrieve-pull-secret.ts'

const missingIn = (failure: RetrieveFailure): ReadonlyArray<string> =>
  failure.code === 'REGISTRIES_NOT_READY'
    ? failure.registries.filter(({ status }) => status !== 'active').map(({ registryId }) => registryId)
    : []

const registriesIn = (answer: E.Either<RetrieveFailure, PullSecret>): ReadonlyArray<string> =>
  E.isRight(answer) ? answer.right.credentials.map(({ registryId }) => registryId) : missingIn(answer.left)

/** The same, where what is served counts for each registry, and so does what a refused document lacks. */
export const countRetrieved =
  (meter: Pick<Meter, 'count'>, retrieve: RetrievePullSecret): RetrievePullSecret =>
  (clusterId) =>
    pipe(
      retrieve(clusterId),
      T.tap((answer) =>
        T.fromIO(
          pipe(
            registriesIn(answer),
            IO.traverseArray((registry) =>
              meter.count('credential_operations_total', {
                registry,
                operation: 'retrieve',
                status: E.isRight(answer) ? 'success' : 'failure',
              }),
            ),
          ),
        ),
      ),
    )
