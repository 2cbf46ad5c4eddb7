import { constants } from 'node:fs'
import { dirname } from 'node:path'
import type {
  Clock,
  Deadline,
  NotSentOutcome,
  RefusedOutcome,
  SecretText,
  SharedContent,
  UnknownOutcome,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { OwnNames } from './distribution-user-name.ts'
import { type HtpasswdContent, parseHtpasswd, renderHtpasswd } from './distribution-wire.ts'
import { type FileSystem, findPlace } from './file-place.ts'
import { type FoundFile, readFoundFile, replaceFile, type Replacement } from './replace-file.ts'
import type { TokenHashes } from './token-hashes.ts'
import { makeUserHashes } from './user-hashes.ts'
import { makeWritesTogether } from './writes-together.ts'

export interface HtpasswdStoreDeps {
  readonly files: FileSystem
  readonly file: string
  readonly names: OwnNames
  readonly clock: Clock
  readonly bcrypt: TokenHashes
  /** Told why a write is refused, or leaves out what belongs in the file: a sentence that begins with the file. */
  readonly warn: (rule: string) => void
}

export interface WriteRequest {
  readonly shared: SharedContent
  /** The user that must be in the file afterwards with its own token. Without one nothing is written to no file. */
  readonly user?: { readonly name: string; readonly token: SecretText }
  /** The user that is deleted, though it may be kept. */
  readonly removed?: string
  readonly deadline: Deadline
}

/** `before`: what the file held. `no_file`: there is none, so nobody is in it, or it is not mounted. */
export type WriteOutcome =
  | { readonly kind: 'written'; readonly before: HtpasswdContent }
  | { readonly kind: 'no_file' }
  | RefusedOutcome
  | UnknownOutcome
  | NotSentOutcome

export type KeepOutcome =
  | { readonly kind: 'kept'; readonly users: number; readonly fence: number }
  | RefusedOutcome
  | UnknownOutcome
  | NotSentOutcome

/** The htpasswd file. Its functions reject with what the file system says, and then nothing was replaced. */
export interface HtpasswdStore {
  /** `undefined` for a file that does not exist, `malformed` for one with which the registry refuses every login. */
  readonly read: () => Promise<HtpasswdContent | 'malformed' | undefined>
  /**
   * Makes our users exactly those of the shared content and those that are kept, unless a holder of a later lease has
   * written. Writes take turns; those under one content that wait together are one write.
   */
  readonly write: (request: WriteRequest) => Promise<WriteOutcome>
  /** Marks each of our users as kept. Without a file there is nobody to keep. */
  readonly keepAll: (deadline: Deadline) => Promise<KeepOutcome>
  /** Rejects where the directory cannot be written. */
  readonly checkDirectory: () => Promise<void>
}

/** Kept free for writing the file once the hashes are made. */
const reserveMilliseconds = 1000

const refused: RefusedOutcome = { kind: 'refused', problem: 'storage_failed', firstStep: false }
const behind: RefusedOutcome = { kind: 'refused', problem: 'fence_behind', firstStep: false }
const tooLate: NotSentOutcome = { kind: 'not_sent', problem: 'deadline_passed' }
const notSent: NotSentOutcome = { kind: 'not_sent', problem: 'storage_failed' }
const unsure: UnknownOutcome = { kind: 'unknown', problem: 'storage_failed' }

const failures: Readonly<Record<Exclude<Replacement, 'replaced'>, UnknownOutcome | NotSentOutcome>> = {
  unsure,
  too_late: tooLate,
  changed_meanwhile: notSent,
}

/** Ledgers count fences in 32 bits, and have to give higher ones afterwards. */
const highestFence = 2_000_000_000

const empty: HtpasswdContent = { fence: 0, own: new Map(), kept: new Set(), foreign: [] }

export const malformedRule = 'has a line without a colon, with which the registry refuses every login: mend it'

export const makeHtpasswdStore = (deps: HtpasswdStoreDeps): HtpasswdStore => {
  const { files, file, names, clock, warn } = deps
  const userHashes = makeUserHashes(deps.bcrypt)
  const contentOf = (found: FoundFile | undefined): HtpasswdContent | 'malformed' =>
    found === undefined ? empty : E.toUnion(parseHtpasswd(found.text, names))

  /** What was written under these may still land, and undo what is written after it. */
  const unfinished = new WeakSet<SharedContent>()

  const write = makeWritesTogether<WriteRequest, WriteOutcome>(async (shared, close) => {
    const place = await readFoundFile(files, file)
    const { found } = place
    const before = contentOf(found)
    const requests = close().filter(({ user }) => user !== undefined || found !== undefined)
    const outcomeOf = (outcome: WriteOutcome) => (request: WriteRequest) =>
      requests.includes(request) ? outcome : ({ kind: 'no_file' } as const)

    if (requests.length === 0) return outcomeOf(refused)
    if (unfinished.has(shared)) return outcomeOf(notSent)
    if (before === 'malformed') {
      warn(malformedRule)
      return outcomeOf(refused)
    }
    if (before.fence > shared.fence) {
      warn('was written under a later lease, or the database was restored')
      return outcomeOf(behind)
    }

    const deadline = Math.min(...requests.map((request) => request.deadline))
    const { hashes, created, missing } = await userHashes({
      entries: shared.entries,
      existing: before.own,
      created: new Map(requests.flatMap(({ user }) => (user === undefined ? [] : [[user.name, user.token] as const]))),
      hasTime: () => clock.monotonic() + reserveMilliseconds < deadline,
    })
    if (missing > 0)
      warn(`lacks ${String(missing)} of its users, whose tokens cannot be opened or who are left to a later write`)
    const removed = new Set(requests.map((request) => request.removed))
    const known = new Set(shared.entries.map(({ vendorName }) => vendorName))
    const kept = new Map(
      [...before.own].filter(([name]) => before.kept.has(name) && !known.has(name) && !removed.has(name)),
    )
    const own = new Map([...hashes, ...kept])
    const text = renderHtpasswd(
      { fence: shared.fence, own, kept: new Set(kept.keys()), foreign: before.foreign },
      names,
    )
    const replacement = await replaceFile(files, {
      file,
      before: place,
      text,
      isInTime: () => clock.monotonic() <= deadline,
    })
    if (replacement === 'unsure') unfinished.add(shared)
    if (replacement !== 'replaced') return outcomeOf(failures[replacement])
    return (request) =>
      request.user === undefined || created.has(request.user.name)
        ? outcomeOf({ kind: 'written', before })(request)
        : tooLate
  })

  const keepAll: HtpasswdStore['keepAll'] = async (deadline) => {
    const place = await readFoundFile(files, file)
    const content = contentOf(place.found)
    if (content === 'malformed') {
      warn(malformedRule)
      return refused
    }
    if (content.fence > highestFence) {
      warn(`names a fence above ${String(highestFence)}, which no ledger gives: mend its first line`)
      return refused
    }
    const kept = new Set(content.own.keys())
    const outcome = { kind: 'kept', users: kept.size, fence: content.fence } as const
    if (place.found === undefined || [...kept].every((name) => content.kept.has(name))) return outcome
    const text = renderHtpasswd({ ...content, kept }, names)
    const isInTime = (): boolean => clock.monotonic() <= deadline
    const replacement = await replaceFile(files, { file, before: place, text, isInTime })
    return replacement === 'replaced' ? outcome : failures[replacement]
  }

  return {
    keepAll,
    read: async () => {
      const { found } = await readFoundFile(files, file)
      return found === undefined ? undefined : contentOf(found)
    },
    write,
    checkDirectory: async () =>
      files.access(dirname((await findPlace(files, file)).path), constants.W_OK | constants.X_OK),
  }
}
