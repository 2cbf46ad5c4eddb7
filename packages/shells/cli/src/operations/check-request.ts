import type { Config } from '@pull-secret/config'
import type { Failure } from '@pull-secret/domain'
import { type AnsweredError, decode, generateBody } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import type { GenerateWish } from './operations.ts'

type Bounds = Pick<Config['server'], 'clusterIdPatterns' | 'cloudProviders'>

const longestClusterId = 64

/** The deployment's rules for cluster ids hold here as at its server. */
export const checkClusterId = (
  clusterId: string,
  { clusterIdPatterns }: Bounds,
): E.Either<Failure<'INVALID_INPUT'>, string> =>
  clusterId.length <= longestClusterId && clusterIdPatterns.some((pattern) => pattern.test(clusterId))
    ? E.right(clusterId)
    : E.left({
        code: 'INVALID_INPUT',
        field: 'cluster_id',
        rule: 'format',
        message: 'cluster_id is not of a form that this deployment takes',
      })

const checkProvider = (
  provider: string | undefined,
  { cloudProviders }: Bounds,
): Failure<'INVALID_INPUT'> | undefined =>
  provider === undefined || cloudProviders.includes(provider)
    ? undefined
    : {
        code: 'INVALID_INPUT',
        field: 'cloud_provider',
        rule: 'invalid',
        message: `cloud_provider must be one of ${cloudProviders.join(', ')}`,
        validValues: cloudProviders,
      }

/** What a server would refuse is refused here too. */
export const checkWish = (wish: GenerateWish, bounds: Bounds): E.Either<AnsweredError, GenerateWish> => {
  const { externalId, cloudProvider, region, registries, recreate } = wish
  const body = decode(generateBody, {
    cluster_external_id: externalId,
    cloud_provider: cloudProvider,
    region,
    registries,
    recreate,
  })
  if (E.isLeft(body)) return E.left({ code: 'MISMATCHED', mismatches: body.left })
  const fault = checkProvider(cloudProvider, bounds)
  return fault === undefined ? E.right(wish) : E.left(fault)
}
