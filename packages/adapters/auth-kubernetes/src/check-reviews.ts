import * as E from 'fp-ts/lib/Either.js'
import type { ClusterConnection } from './cluster-connection.ts'
import { makeReviewClient, type ReviewProblem, unreadableReview } from './review-client.ts'
import { accessReviewOf, readAccessReview, readTokenReview, tokenReviewOf } from './reviews-wire.ts'
import { statedAccount } from './stated-claims.ts'

/** Whether an API server answers our reviews. */
export interface AccessReport {
  readonly server: string
  /** Absent where it answers. */
  readonly problem?: ReviewProblem
  /** The ServiceAccount that asks, where its token names one. */
  readonly account?: { readonly namespace: string; readonly name: string }
}

const nobody = { name: 'system:anonymous', groups: ['system:unauthenticated'] }
const nothing = { group: 'hyperfleet.io', resource: 'clusters', subresource: 'pull-secrets', verb: 'get', name: 'none' }

const patienceMilliseconds = 1200

const accountOf = async (connection: ClusterConnection): Promise<AccessReport['account']> => {
  try {
    const { authorization = '' } = await connection.reach(AbortSignal.timeout(patienceMilliseconds))
    return statedAccount(authorization.replace(/^Bearer /, ''))
  } catch {
    return undefined
  }
}

export const checkReviews = async (
  connection: ClusterConnection,
  audiences: ReadonlyArray<string>,
): Promise<AccessReport> => {
  const problems: Array<ReviewProblem> = []
  const send = makeReviewClient({ connection, onProblem: (problem) => problems.push(problem) })
  const user = await send('/apis/authentication.k8s.io/v1/tokenreviews', tokenReviewOf('of-nobody', audiences), 'new')
  const right = await send('/apis/authorization.k8s.io/v1/subjectaccessreviews', accessReviewOf(nobody, nothing), 'new')
  const isReadable =
    (E.isLeft(user) || readTokenReview(user.right, audiences).kind !== 'unreadable') &&
    (E.isLeft(right) || readAccessReview(right.right) !== 'unreadable')
  if (!isReadable) problems.push(unreadableReview(connection.server))
  return { server: connection.server, problem: problems[0], account: await accountOf(connection) }
}
