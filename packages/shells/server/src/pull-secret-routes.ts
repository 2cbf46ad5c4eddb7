import type { UseCases } from '@pull-secret/composition'
import type { Cause, Subject } from '@pull-secret/domain'
import {
  type AnsweredError,
  deleteQuery,
  type GenerateBody,
  generateBody,
  retrieveQuery,
  routes,
  toDeletingBody,
  toGeneratedBody,
  toRetrievedBody,
  toVerificationAnswer,
  verificationBody,
} from '@pull-secret/wire'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Admission } from './admission.ts'
import { emptyAnswer, jsonAnswer } from './answer.ts'
import type { AnswerForCluster, Call, ServedRoute } from './call.ts'
import { decoded, decodedQuery } from './decoded.ts'
import { conditionalAnswer } from './etag.ts'

export interface PullSecretRoutesDeps {
  readonly useCases: UseCases
  readonly admission: Admission
  readonly cloudProviders: ReadonlyArray<string>
}

const causeOf = (reason: string, { traceId }: Call, subject: Subject): Cause => ({
  subject: subject.name,
  reason,
  traceId,
})

/** What a codec cannot know: the path, and which providers this deployment has. */
const faultOf = (
  body: GenerateBody,
  clusterId: string,
  cloudProviders: ReadonlyArray<string>,
): AnsweredError | undefined => {
  if (body.cluster_id !== undefined && body.cluster_id !== clusterId) {
    return {
      code: 'INVALID_INPUT',
      field: 'cluster_id',
      rule: 'invalid',
      message: 'cluster_id must be the one that the path names',
    }
  }
  return body.cloud_provider === undefined || cloudProviders.includes(body.cloud_provider)
    ? undefined
    : {
        code: 'INVALID_INPUT',
        field: 'cloud_provider',
        rule: 'invalid',
        message: `cloud_provider must be one of ${cloudProviders.join(', ')}`,
        validValues: cloudProviders,
      }
}

const generate =
  ({ useCases, cloudProviders }: PullSecretRoutesDeps): AnswerForCluster =>
  (call, subject, clusterId) =>
    pipe(
      call.body,
      TE.flatMapEither((value) => decoded(generateBody, value)),
      TE.flatMap((body): TE.TaskEither<AnsweredError, GenerateBody> => {
        const fault = faultOf(body, clusterId, cloudProviders)
        return fault === undefined ? TE.right(body) : TE.left(fault)
      }),
      TE.flatMap((body) =>
        useCases.generate({
          clusterId,
          externalId: body.cluster_external_id,
          cloudProvider: body.cloud_provider,
          region: body.region,
          registries: body.registries,
          recreate: body.recreate,
          cause: causeOf('cluster_provisioning', call, subject),
        }),
      ),
      TE.map((secret) => jsonAnswer(200, toGeneratedBody(secret))),
    )

const retrieve =
  ({ useCases }: PullSecretRoutesDeps): AnswerForCluster =>
  (call, _subject, clusterId) =>
    pipe(
      TE.fromEither(decodedQuery(retrieveQuery, call.query)),
      TE.flatMap(({ include_metadata: includeMetadata = false }) =>
        pipe(
          useCases.retrieve(clusterId),
          TE.map((secret) =>
            conditionalAnswer(jsonAnswer(200, toRetrievedBody(secret, includeMetadata)), call.headers['if-none-match']),
          ),
        ),
      ),
    )

const remove =
  ({ useCases }: PullSecretRoutesDeps): AnswerForCluster =>
  (call, subject, clusterId) =>
    pipe(
      TE.fromEither(decodedQuery(deleteQuery, call.query)),
      TE.flatMap(({ incarnation }) =>
        useCases.remove({ clusterId, incarnation, cause: causeOf('cluster_deprovisioning', call, subject) }),
      ),
      TE.map((deletion) =>
        deletion.kind === 'deleted' ? emptyAnswer(204) : jsonAnswer(202, toDeletingBody(deletion.registries)),
      ),
    )

const verify =
  ({ useCases }: PullSecretRoutesDeps): AnswerForCluster =>
  (call, _subject, clusterId) =>
    pipe(
      call.body,
      TE.flatMapEither((value) => decoded(verificationBody, value)),
      TE.flatMap((body) => useCases.verify(clusterId, { whole: body.fingerprint, hosts: body.hosts })),
      TE.map((verification) => jsonAnswer(200, toVerificationAnswer(verification))),
    )

export const pullSecretRoutes = (deps: PullSecretRoutesDeps): ReadonlyArray<ServedRoute> => {
  const { toCluster } = deps.admission
  return [
    { route: routes.retrievePullSecret, answer: toCluster({ verb: 'get', resource: 'pull-secrets' }, retrieve(deps)) },
    {
      route: routes.generatePullSecret,
      answer: toCluster({ verb: 'create', resource: 'pull-secrets' }, generate(deps)),
    },
    { route: routes.deletePullSecret, answer: toCluster({ verb: 'delete', resource: 'pull-secrets' }, remove(deps)) },
    { route: routes.verifyPullSecret, answer: toCluster({ verb: 'get', resource: 'pull-secrets' }, verify(deps)) },
  ]
}
