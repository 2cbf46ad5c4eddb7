import { hash } from 'node:crypto'
import type { SecretText } from '@pull-secret/domain'

/** Tokens whose holder was proven, by their hashes. The authenticator is asked about them all the same. */
export interface KnownTokens {
  readonly has: (token: SecretText) => boolean
  readonly remember: (token: SecretText) => void
  readonly forget: (token: SecretText) => void
}

const keyOf = (token: SecretText): string => hash('sha256', token.reveal(), 'base64')

/** Remembers `mostTokens`; one more makes it forget the one that was used the longest ago. */
export const makeKnownTokens = (mostTokens: number): KnownTokens => {
  const kept = new Set<string>()
  return {
    has: (token) => kept.has(keyOf(token)),
    remember: (token) => {
      const key = keyOf(token)
      kept.delete(key)
      kept.add(key)
      if (kept.size > mostTokens) kept.delete(kept.values().next().value ?? '')
    },
    forget: (token) => void kept.delete(keyOf(token)),
  }
}
