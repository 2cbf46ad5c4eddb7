import { compareSync, hashSync } from 'bcryptjs'

/**
 * As `htpasswd -B` does. A higher cost slows down who guesses passwords; nobody guesses a token of 256 random bits. The
 * registry pays the cost again for every request of a cluster.
 */
const cost = 5

export interface Comparison {
  readonly token: string
  readonly hash: string
}

export const hash = (token: string): string => hashSync(token, cost)

/** A line that somebody edited may hold anything: what is no hash matches nothing. */
export const matches = ({ token, hash: other }: Comparison): boolean => {
  try {
    return compareSync(token, other)
  } catch {
    return false
  }
}
