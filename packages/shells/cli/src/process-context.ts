import type { Environment } from '@pull-secret/config'
import type * as E from 'fp-ts/lib/Either.js'
import type { ReadNamedFile } from './read-file.ts'

export type InputStream = NodeJS.ReadableStream & { readonly isTTY?: boolean }

export type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean }

/** Everything of the process that a command touches. */
export interface ProcessContext {
  readonly env: Environment
  readonly stdin: InputStream
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly readFile: ReadNamedFile
  /** Creates a file that only its owner may read; never touches one that exists. */
  readonly createFile: (path: string, text: string) => E.Either<'exists' | 'unwritable', void>
  /** Replaces a file, or makes it, so that a crash leaves the old content or the new one; or the system's code. */
  readonly replaceFile: (path: string, text: string) => E.Either<string, void>
  /** Who runs the command, for the audit. */
  readonly userName: () => string
  readonly sleep: (milliseconds: number) => Promise<void>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds of a clock that never goes back. */
  readonly monotonic: () => number
  /** Aborts when the process is to end; its reason is the name of the signal. */
  readonly stop: AbortSignal
}
