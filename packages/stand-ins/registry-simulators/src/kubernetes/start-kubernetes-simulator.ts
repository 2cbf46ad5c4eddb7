import type { Listener, ListenerTls } from '../http/listener.ts'
import { type Simulator, type SimulatorOptions, startRuntime } from '../http/simulator-runtime.ts'
import { notFound, reviewRoutes } from './review-routes.ts'
import type { SimulatedAccount, SimulatedRule } from './simulated-rbac.ts'

export type KubernetesSimulatorOptions = SimulatorOptions & {
  accounts?: ReadonlyArray<SimulatedAccount>
  rules?: ReadonlyArray<SimulatedRule>
  /** Bearer tokens that may send reviews, as those of accounts with the role `system:auth-delegator`. */
  reviewerTokens: ReadonlyArray<string>
  /** What tokens are for that name no audience. */
  ownAudience?: string
  /** Speaks HTTPS when given. */
  tls?: ListenerTls
  /** Milliseconds of the calendar. */
  now?: () => number
}

export type KubernetesSimulator = Simulator & {
  addAccount: (account: SimulatedAccount) => void
  /** Deletes an account. As a real API server does, this one accepts its token for 10 s more. */
  removeAccount: (token: string) => void
  addRule: (rule: SimulatedRule) => void
  /** Removes every binding of a user. */
  unbind: (user: string) => void
  /** `false` takes the role `system:auth-delegator` from a reviewer; `undefined` makes its token unknown. */
  setReviewer: (token: string, mayReview: boolean | undefined) => void
  /** Until called with `undefined`, no access review is decided. */
  failEvaluation: (message: string | undefined) => void
  /** The last 1,000 reviews that were read, tokens included, oldest first. */
  reviews: () => ReadonlyArray<Record<string, unknown>>
}

const rememberedMilliseconds = 10_000
const keptReviews = 1000

/**
 * Starts the part of a Kubernetes API server that answers TokenReview and SubjectAccessReview.
 *
 * Operations for faults and counts: tokenReview, subjectAccessReview.
 *
 * @throws Error when the port is taken.
 */
export const startKubernetesSimulator = async (options: KubernetesSimulatorOptions): Promise<KubernetesSimulator> => {
  const accounts = new Map((options.accounts ?? []).map((account) => [account.token, account]))
  const rules = [...(options.rules ?? [])]
  const reviewers = new Map(options.reviewerTokens.map((token) => [token, true]))
  const reviews: Array<Record<string, unknown>> = []
  const now = options.now ?? Date.now
  let evaluationError: string | undefined

  const note = (review: Record<string, unknown>): void => {
    reviews.push(review)
    if (reviews.length > keptReviews) reviews.shift()
  }

  const runtime = await startRuntime(options, {
    plans: [
      {
        port: options.port ?? 0,
        tls: options.tls,
        servesControl: true,
        routes: () =>
          reviewRoutes({
            ownAudience: options.ownAudience ?? 'https://kubernetes.default.svc',
            reviewers,
            accounts,
            rules,
            now,
            evaluationError: () => evaluationError,
            note,
          }),
      },
    ],
    unrouted: notFound,
    describeState: () => ({
      accounts: [...accounts.values()].map(({ username, groups, audiences, expiresAt }) => ({
        username,
        groups,
        audiences,
        expires_at: expiresAt,
      })),
      rules,
    }),
    setAdministratorToken: () => false,
  })
  const { url, port } = runtime.listeners[0] as Listener

  return {
    url,
    port,
    faults: runtime.faults,
    stats: runtime.stats,
    close: runtime.close,
    addAccount: (account) => void accounts.set(account.token, account),
    removeAccount: (token) => {
      const account = accounts.get(token)
      const expiresAt = Math.min(account?.expiresAt ?? Infinity, now() + rememberedMilliseconds)
      if (account !== undefined) accounts.set(token, { ...account, expiresAt })
    },
    addRule: (rule) => void rules.push(rule),
    unbind: (user) => {
      const kept = rules.filter((rule) => rule.user !== user)
      rules.splice(0, rules.length, ...kept)
    },
    setReviewer: (token, mayReview) => {
      if (mayReview === undefined) reviewers.delete(token)
      else reviewers.set(token, mayReview)
    },
    failEvaluation: (message) => {
      evaluationError = message
    },
    reviews: () => reviews,
  }
}
