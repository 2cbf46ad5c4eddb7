import type { SecretText, SharedEntry } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { TokenHashes } from './token-hashes.ts'

/** bcrypt ignores what follows. */
export const longestTokenBytes = 72

export const fitsBcrypt = (token: SecretText): boolean => Buffer.byteLength(token.reveal()) <= longestTokenBytes

export interface UserHashesRequest {
  readonly entries: ReadonlyArray<SharedEntry>
  /** The hashes that the file has. */
  readonly existing: ReadonlyMap<string, string>
  /** The users that are created now, each with its own token. */
  readonly created: ReadonlyMap<string, SecretText>
  /** Whether another hash can be made before the deadline. */
  readonly hasTime: () => boolean
}

export interface UserHashes {
  /** The users that the file must have, each with the hash it has already or a new one. */
  readonly hashes: ReadonlyMap<string, string>
  /** Those of the created users whose hash is certainly the one of their token. */
  readonly created: ReadonlySet<string>
  /** How many users the file has lost that could not be put back. */
  readonly missing: number
}

/** A user that is created gets its own token, whatever is there under its name. */
const createdHash = async (bcrypt: TokenHashes, token: SecretText, existing: string | undefined): Promise<string> =>
  existing !== undefined && (await bcrypt.matches(token, existing)) ? existing : bcrypt.hash(token)

/**
 * Makes the hashes of created users first, then of users that a lost file had. Those for whom there is no time now are
 * left to a later write: a part is better than a write that never ends.
 */
export const makeUserHashes =
  (bcrypt: TokenHashes) =>
  async ({ entries, existing, created, hasTime }: UserHashesRequest): Promise<UserHashes> => {
    const made = new Map<string, string>()
    for (const [name, token] of created)
      if (made.size === 0 || hasTime()) made.set(name, await createdHash(bcrypt, token, existing.get(name)))
    const done = new Set(made.keys())

    const lost = entries.filter(
      ({ vendorName, wasCreated }) => wasCreated && !existing.has(vendorName) && !created.has(vendorName),
    )
    for (const { vendorName, openToken } of lost) {
      if (!hasTime()) break
      const token = openToken()
      if (E.isRight(token)) made.set(vendorName, await bcrypt.hash(token.right))
    }

    const hashes = entries.flatMap(({ vendorName }): ReadonlyArray<readonly [string, string]> => {
      const hash = made.get(vendorName) ?? existing.get(vendorName)
      return hash === undefined ? [] : [[vendorName, hash]]
    })
    return {
      hashes: new Map(hashes),
      created: done,
      missing: lost.filter(({ vendorName }) => !made.has(vendorName)).length,
    }
  }
