import type { AccessPolicy, Authenticator, Clock } from '@pull-secret/domain'
import type { ClusterConnection } from './cluster-connection.ts'
import { makeKubernetesAuthenticator } from './kubernetes-authenticator.ts'
import { makeKubernetesPolicy } from './kubernetes-policy.ts'
import { makeReviewClient, type ReviewProblem } from './review-client.ts'

export interface KubernetesAccessOptions {
  readonly connection: ClusterConnection
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  /** A token has to be for one of them; none: for the API server itself. */
  readonly audiences: ReadonlyArray<string>
  /** Told about every review that gave no answer; its messages hold no token and no answer. */
  readonly onProblem: (problem: AccessProblem) => void
}

export type AccessProblem =
  ReviewProblem | { readonly code: 'reviews_undecided' | 'reviews_unreadable'; readonly message: string }

export interface KubernetesAccess {
  readonly authenticator: Authenticator
  readonly policy: AccessPolicy
  readonly close: () => Promise<void>
}

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
}: KubernetesAccessOptions): KubernetesAccess => {
  const send = makeReviewClient({ connection, onProblem })
  const unreadable = (): void => {
    onProblem({ code: 'reviews_unreadable', message: `${connection.server} answered a review with something else` })
  }
  return {
    authenticator: makeKubernetesAuthenticator({ send, clock, audiences, onUnreadable: unreadable }),
    policy: makeKubernetesPolicy({
      send,
      clock,
      onUndecided: (why) => {
        if (why === 'unreadable') unreadable()
        else
          onProblem({
            code: 'reviews_undecided',
            message: `${connection.server} could not decide what a caller may do`,
          })
      },
    }),
    close: connection.close,
  }
}
