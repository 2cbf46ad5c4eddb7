import { randomBytes } from 'node:crypto'
import type { ServerRoot } from '@pull-secret/composition/server'
import type { Config } from '@pull-secret/config'
import type { Cause } from '@pull-secret/domain'
import {
  type AnsweredError,
  toDeletingBody,
  toGeneratedBody,
  toJobRunBody,
  toRegistriesBody,
  toRetrievedBody,
} from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { failureOfAnswered } from '../failing/answered-failure.ts'
import { checkClusterId, checkWish } from './check-request.ts'
import type { Answer, Deletion, Operations } from './operations.ts'

export interface DatabaseOperationsDeps {
  readonly root: Pick<ServerRoot, 'useCases' | 'close'>
  readonly config: Pick<Config, 'server'>
  readonly userName: string
}

const answer = <A>(task: TE.TaskEither<AnsweredError, A>): Answer<A> => pipe(task, TE.mapLeft(failureOfAnswered))()

/** The operations on the database, in this process. What they change is audited under the operating system's user. */
export const makeDatabaseOperations = ({
  root: { useCases, close },
  config: { server },
  userName,
}: DatabaseOperationsDeps): Operations => {
  const because = (reason: string): Cause => ({
    subject: `cli:${userName}`,
    reason,
    traceId: randomBytes(16).toString('hex'),
  })
  const forCluster = <A>(clusterId: string, work: () => TE.TaskEither<AnsweredError, A>): Answer<A> =>
    answer(pipe(TE.fromEither<AnsweredError, string>(checkClusterId(clusterId, server)), TE.flatMap(work)))
  return {
    generate: (clusterId, wish) =>
      forCluster(clusterId, () =>
        pipe(
          TE.fromEither(checkWish(wish, server)),
          TE.flatMap((checked): TE.TaskEither<AnsweredError, Parameters<typeof toGeneratedBody>[0]> =>
            useCases.generate({ clusterId, ...checked, cause: because('cluster_provisioning') }),
          ),
          TE.map(toGeneratedBody),
        ),
      ),
    retrieve: (clusterId) =>
      forCluster(clusterId, () =>
        pipe(
          useCases.retrieve(clusterId),
          TE.map((secret) => toRetrievedBody(secret, true)),
        ),
      ),
    remove: (clusterId, incarnation) =>
      forCluster(clusterId, () =>
        pipe(
          useCases.remove({ clusterId, incarnation, cause: because('cluster_deprovisioning') }),
          TE.map((deletion): Deletion =>
            deletion.kind === 'deleted' ? { status: 'deleted' } : toDeletingBody(deletion.registries),
          ),
        ),
      ),
    registries: (check) =>
      pipe(
        useCases.checkRegistries(check),
        T.map((reports) => E.right(toRegistriesBody(reports))),
      )(),
    runJob: (job) =>
      answer(
        pipe(
          useCases.recover(because('manual')),
          TE.map(({ rows, clusters, failed, isFinished }) => toJobRunBody(job, isFinished, { rows, clusters, failed })),
        ),
      ),
    close,
  }
}
