import { setTimeout as sleep } from 'node:timers/promises'
import { PullSecretError, type PullSecretErrorCode } from '@pull-secret/sdk'
import { connectOperations, type Operations } from '@pull-secret/sdk/operations'
import type { Balance } from './balance.ts'
import type { Call, CallKind } from './journal.ts'

export interface Wish<A> {
  readonly kind: CallKind
  readonly perform: (operations: Operations, options: { readonly signal: AbortSignal }) => Promise<A>
  /** Whether the answer is the one that there has to be; the complaint where it is not. */
  readonly complaint?: (answer: A) => string | undefined
  /** Refusals that are right. */
  readonly mayBeRefused?: (code: PullSecretErrorCode) => boolean
}

/** One caller with an account of its own. */
export interface Adapter {
  /** Undefined where there is no answer, or a refusal. */
  readonly ask: <A>(wish: Wish<A>) => Promise<A | undefined>
  readonly close: () => Promise<void>
}

export interface AdapterDeps {
  readonly token: string
  readonly balance: Balance
  /** Milliseconds. */
  readonly now: () => number
  readonly note: (call: Call) => void
  /** How long an adapter comes again before a call counts as lost. */
  readonly patienceSeconds: number
}

/** Where the balancer is; it knows where the replicas are. */
const baseUrl = 'http://pull-secret.rehearsal'

/**
 * Calls as the SDK does by default. A controller comes again after the SDK has given up, as its next reconciliation
 * would.
 */
export const makeAdapter = ({ token, balance, now, note, patienceSeconds }: AdapterDeps): Adapter => {
  const operations = connectOperations({ baseUrl, token, dispatcher: balance.dispatcher })
  const { signal } = new AbortController()

  const ask: Adapter['ask'] = async ({ kind, perform, complaint, mayBeRefused = () => false }) => {
    const beganAt = now()
    for (let givenUp = 0; ; givenUp += 1) {
      const end = (why?: string): void =>
        note({ kind, beganAt, endedAt: now(), givenUp, ...(why === undefined ? {} : { complaint: why }) })
      try {
        const answer = await balance.as(kind, () => perform(operations, { signal }))
        end(complaint?.(answer))
        return answer
      } catch (error) {
        if (!(error instanceof PullSecretError)) throw error
        if (mayBeRefused(error.code)) {
          end()
          return undefined
        }
        if (!error.retryable || now() - beganAt > patienceSeconds * 1000) {
          end(`${error.code}: ${error.message}`)
          return undefined
        }
        await sleep((error.retryAfterSeconds ?? 1) * 1000)
      }
    }
  }

  return { ask, close: operations.close }
}
