import { createWriteStream, openSync } from 'node:fs'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'

/** A file that lines are added to. */
export interface LogFile {
  readonly stream: Writable
  /** Resolves when every line is written. */
  readonly close: () => Promise<void>
}

/** Opens a log at once, so that a file that cannot be used fails here. Later a full disk only costs lines. */
export const openLog = (file: string): LogFile => {
  const stream = createWriteStream(file, { fd: openSync(file, 'a', 0o600) })
  stream.on('error', () => undefined)
  return {
    stream,
    close: async () => {
      stream.end()
      await finished(stream).catch(() => undefined)
    },
  }
}
