import type { SecretText, SharedEntry } from '@pull-secret/domain'
import { compare, hash } from 'bcryptjs'

const cost = 10

/** bcrypt ignores what follows. */
export const longestTokenBytes = 72

export const fitsBcrypt = (token: SecretText): boolean => Buffer.byteLength(token.reveal()) <= longestTokenBytes

export interface UserHashesRequest {
  readonly entries: ReadonlyArray<SharedEntry>
  /** The hashes that the file has. */
  readonly existing: ReadonlyMap<string, string>
  /** The user that must come out right; all others are taken over as they are. */
  readonly required?: string
  /** Whether another hash can be made before the deadline; about 0.1 s each. */
  readonly hasTime: () => boolean
}

const hashOf = async (
  { vendorName, token }: SharedEntry,
  { existing, required, hasTime }: UserHashesRequest,
): Promise<string | undefined> => {
  const old = existing.get(vendorName)
  if (old !== undefined && (vendorName !== required || (await compare(token.reveal(), old)))) return old
  return vendorName === required || hasTime() ? hash(token.reveal(), cost) : undefined
}

/**
 * The users that the file must have, each with the hash it has already or a new one. Users of a lost file for whom
 * there
 * is no time now are left to a later write: a part is better than a write that never ends.
 */
export const userHashes = async (request: UserHashesRequest): Promise<ReadonlyMap<string, string>> => {
  const { entries, required } = request
  const hashes = new Map<string, string>()
  for (const entry of [...entries].sort(
    (one, other) => Number(other.vendorName === required) - Number(one.vendorName === required),
  )) {
    const made = await hashOf(entry, request)
    if (made !== undefined) hashes.set(entry.vendorName, made)
  }
  return new Map(
    entries.flatMap(({ vendorName }) => {
      const made = hashes.get(vendorName)
      return made === undefined ? [] : [[vendorName, made] as const]
    }),
  )
}
