import type { UseCases } from '@pull-secret/application'
import type { Failure } from '@pull-secret/domain'
import {
  type GenerateBody,
  toDeletingBody,
  toGeneratedBody,
  toRetrievedBody,
  toVerificationAnswer,
} from '@pull-secret/wire'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Api, RequestLimits } from './api.ts'
import { causeOf } from './cause-of.ts'
import { forCluster } from './for-cluster.ts'
import { operation } from './operation.ts'

type PullSecretOperations = Pick<
  Api,
  'generatePullSecret' | 'retrievePullSecret' | 'deletePullSecret' | 'verifyPullSecret'
>

/** What a codec cannot know: the path, and which providers this deployment has. */
const faultOf = (
  body: GenerateBody,
  clusterId: string,
  { cloudProviders }: RequestLimits,
): Failure<'INVALID_INPUT'> | undefined => {
  if (body.cluster_id !== undefined && body.cluster_id !== clusterId) {
    return {
      code: 'INVALID_INPUT',
      field: 'cluster_id',
      rule: 'invalid',
      message: 'cluster_id must equal the cluster id in the path',
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

export const pullSecretOperations = (useCases: UseCases, limits: RequestLimits): PullSecretOperations => {
  const ofCluster = forCluster(limits)
  return {
    generatePullSecret: operation('generatePullSecret', ({ parameters, body }, caller) =>
      ofCluster(parameters, (clusterId) => {
        const fault = faultOf(body, clusterId, limits)
        if (fault !== undefined) return TE.left(fault)
        return pipe(
          useCases.generate({
            clusterId,
            externalId: body.cluster_external_id,
            cloudProvider: body.cloud_provider,
            region: body.region,
            registries: body.registries,
            recreate: body.recreate,
            cause: causeOf('cluster_provisioning', caller),
          }),
          TE.map((secret) => ({ status: 200, body: toGeneratedBody(secret) })),
        )
      }),
    ),
    retrievePullSecret: operation('retrievePullSecret', ({ parameters, query }) =>
      ofCluster(parameters, (clusterId) =>
        pipe(
          useCases.retrieve(clusterId),
          TE.map((secret) => ({
            status: 200,
            body: toRetrievedBody(secret, { includeMetadata: query.include_metadata ?? false }),
          })),
        ),
      ),
    ),
    deletePullSecret: operation('deletePullSecret', ({ parameters, query: { incarnation } }, caller) =>
      ofCluster(parameters, (clusterId) =>
        pipe(
          useCases.remove({ clusterId, incarnation, cause: causeOf('cluster_deprovisioning', caller) }),
          TE.map((deletion) =>
            deletion.kind === 'deleted'
              ? { status: 204, body: undefined }
              : { status: 202, body: toDeletingBody(deletion) },
          ),
        ),
      ),
    ),
    verifyPullSecret: operation('verifyPullSecret', ({ parameters, body }) =>
      ofCluster(parameters, (clusterId) =>
        pipe(
          useCases.verify(clusterId, { whole: body.fingerprint, hosts: body.hosts }),
          TE.map((verification) => ({ status: 200, body: toVerificationAnswer(verification) })),
        ),
      ),
    ),
  }
}
