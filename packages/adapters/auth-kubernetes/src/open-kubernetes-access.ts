import type { AccessPolicy, Authenticator, Clock } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { type AccessReport, checkReviews } from './check-reviews.ts'
import type { ClusterConnection } from './cluster-connection.ts'
import { makeKubernetesAuthenticator, makeTokenVerdicts } from './kubernetes-authenticator.ts'
import { makeKubernetesPolicy } from './kubernetes-policy.ts'
import { makeReviewClient, type ReviewProblem, type SendReview, unreadableReview } from './review-client.ts'

export interface KubernetesAccessOptions {
  readonly connection: ClusterConnection
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  /** A token has to be for one of them; none: for the API server itself. */
  readonly audiences: ReadonlyArray<string>
  /** Told about every review that gave no answer; its messages hold no token and no answer. */
  readonly onProblem: (problem: AccessProblem) => void
  /** How long each of the two reviews of a request may take. Default: 1.2 s. */
  readonly reviewMilliseconds?: number
}

export type AccessProblem =
  ReviewProblem | { readonly code: 'reviews_undecided' | 'reviews_unreadable'; readonly message: string }

export interface KubernetesAccess {
  readonly authenticator: Authenticator
  readonly policy: AccessPolicy
  /** Why the last review gave no answer, for a minute; undefined while reviews are answered, and before the first. */
  readonly lastProblem: () => AccessProblem | undefined
  /** Sends one review of each kind about nobody, and says what keeps the API server from answering. Never rejects. */
  readonly check: () => Promise<AccessReport>
  readonly close: () => Promise<void>
}

/** Where nobody asks, nobody learns that reviews are answered again. */
const problemMilliseconds = 60_000

/**
 * Callers and their rights as a Kubernetes API server knows them: TokenReview, then SubjectAccessReview in the group
 * `hyperfleet.io`. A yes is given again for 10 s, a no for 2 s; nothing else is remembered, and what cannot be asked is
 * neither. After a binding is removed a caller is refused within 10 s; for a deleted account, whose token the API
 * server itself remembers, within about 10 s more.
 */
export const openKubernetesAccess = ({
  connection,
  clock,
  audiences,
  onProblem,
  reviewMilliseconds,
}: KubernetesAccessOptions): KubernetesAccess => {
  let last: { readonly problem: AccessProblem; readonly at: number } | undefined
  const note = (problem: AccessProblem): void => {
    last = { problem, at: clock.monotonic() }
    onProblem(problem)
  }
  const sendReview = makeReviewClient({ connection, onProblem: note, reviewMilliseconds })
  const send: SendReview = async (...review) => {
    const answer = await sendReview(...review)
    if (E.isRight(answer)) last = undefined
    return answer
  }
  const unreadable = (): void => {
    note(unreadableReview(connection.server))
  }
  return {
    authenticator: makeKubernetesAuthenticator({
      send,
      clock,
      audiences,
      verdicts: makeTokenVerdicts(clock),
      onUnreadable: unreadable,
    }),
    policy: makeKubernetesPolicy({
      send,
      clock,
      onUndecided: (why) => {
        if (why === 'unreadable') unreadable()
        else
          note({
            code: 'reviews_undecided',
            message: `${connection.server} could not decide what a caller may do`,
          })
      },
    }),
    lastProblem: () =>
      last === undefined || clock.monotonic() - last.at > problemMilliseconds ? undefined : last.problem,
    check: () => checkReviews(connection, audiences),
    close: connection.close,
  }
}
