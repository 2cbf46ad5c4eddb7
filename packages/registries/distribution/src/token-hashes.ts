import { fileURLToPath } from 'node:url'
import type { SecretText } from '@pull-secret/domain'
import { Piscina } from 'piscina'
import type { Comparison } from './hash-worker.ts'

/** bcrypt on a thread of its own, so that nobody's request waits for it. */
export interface TokenHashes {
  readonly hash: (token: SecretText) => Promise<string>
  readonly matches: (token: SecretText, hash: string) => Promise<boolean>
  readonly close: () => Promise<void>
}

/** The thread ends when nothing was to be hashed for so long, and starts again when it is needed. */
const idleMilliseconds = 10_000

/** One thread makes some hundred hashes a second, and leaves the other processors to the requests. */
export const makeTokenHashes = (): TokenHashes => {
  const pool = new Piscina<unknown, unknown>({
    filename: fileURLToPath(import.meta.resolve('#hash-worker')),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: idleMilliseconds,
  })
  return {
    hash: (token) => pool.run(token.reveal(), { name: 'hash' }) as Promise<string>,
    matches: (token, hash) =>
      pool.run({ token: token.reveal(), hash } satisfies Comparison, { name: 'matches' }) as Promise<boolean>,
    close: () => pool.destroy(),
  }
}
