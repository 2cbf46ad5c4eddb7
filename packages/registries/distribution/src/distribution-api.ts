import { constants } from 'node:fs'
import { dirname } from 'node:path'
import type {
  Clock,
  Deadline,
  NotSentOutcome,
  RefusedOutcome,
  SharedContent,
  UnknownOutcome,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { OwnNames } from './distribution-user-name.ts'
import { type HtpasswdContent, parseHtpasswd, renderHtpasswd } from './distribution-wire.ts'
import { makeOneAfterAnother } from './one-after-another.ts'
import { type FileSystem, type FoundFile, readFoundFile, replaceFile } from './replace-file.ts'
import { userHashes } from './user-hashes.ts'

export interface HtpasswdStoreDeps {
  readonly files: FileSystem
  readonly file: string
  readonly names: OwnNames
  readonly clock: Clock
}

export interface WriteRequest {
  readonly shared: SharedContent
  /** The user that must be in the file afterwards with its own token. */
  readonly required?: string
  readonly deadline: Deadline
}

/** `before`: what the file held; `undefined` where there was none. */
export type WriteOutcome =
  | { readonly kind: 'written'; readonly before: HtpasswdContent | undefined }
  | RefusedOutcome
  | UnknownOutcome
  | NotSentOutcome

/** The htpasswd file. Its functions reject with what the file system says, and then nothing was replaced. */
export interface HtpasswdStore {
  /** `undefined` for a file that does not exist, `malformed` for one with which the registry refuses every login. */
  readonly read: () => Promise<HtpasswdContent | 'malformed' | undefined>
  /**
   * Makes our users exactly those of the shared content, unless a holder of a later lease has written. Writes take
   * turns.
   */
  readonly write: (request: WriteRequest) => Promise<WriteOutcome>
  /** Rejects where the directory cannot be written. */
  readonly checkDirectory: () => Promise<void>
}

/** Kept free for writing the file once the hashes are made. */
const reserveMilliseconds = 1000

const refused: RefusedOutcome = { kind: 'refused', problem: 'storage_failed', firstStep: false }

const empty: HtpasswdContent = { fence: 0, own: new Map(), foreign: [] }

export const makeHtpasswdStore = ({ files, file, names, clock }: HtpasswdStoreDeps): HtpasswdStore => {
  const contentOf = (found: FoundFile | undefined): HtpasswdContent | 'malformed' | undefined =>
    found === undefined ? undefined : E.toUnion(parseHtpasswd(found.text, names))

  // A write of this process that came between another's last look at the file and its rename would be lost.
  const inTurn = makeOneAfterAnother()

  return {
    read: async () => contentOf(await readFoundFile(files, file)),

    write: ({ shared, required, deadline }) =>
      inTurn(async () => {
        const isInTime = (): boolean => clock.monotonic() <= deadline
        const found = await readFoundFile(files, file)
        const before = contentOf(found)
        if (before === 'malformed' || (before ?? empty).fence > shared.fence) return refused
        const { own, foreign } = before ?? empty
        const hasTime = (): boolean => clock.monotonic() + reserveMilliseconds < deadline
        const hashes = await userHashes({ entries: shared.entries, existing: own, required, hasTime })
        const text = renderHtpasswd({ fence: shared.fence, own: hashes, foreign }, names)
        switch (await replaceFile(files, { file, before: found, text, isInTime })) {
          case 'replaced':
            return { kind: 'written', before }
          case 'unsure':
            return { kind: 'unknown', problem: 'storage_failed' }
          case 'too_late':
            return { kind: 'not_sent', problem: 'deadline_passed' }
          case 'changed_meanwhile':
            return { kind: 'not_sent', problem: 'storage_failed' }
        }
      }),

    checkDirectory: () => files.access(dirname(file), constants.W_OK | constants.X_OK),
  }
}
