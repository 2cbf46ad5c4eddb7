import { Readable, Writable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { createFile, replaceFile } from '../src/node-process-context.ts'
import type { OutputStream, ProcessContext } from '../src/process-context.ts'
import { makeReadFile } from '../src/read-file.ts'

export interface Recorded {
  readonly processContext: ProcessContext
  readonly stdout: () => string
  readonly stderr: () => string
}

const recorder = (isTTY: boolean): { readonly stream: OutputStream; readonly text: () => string } => {
  const chunks: Array<string> = []
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk.toString())
      done()
    },
  })
  return { stream: Object.assign(stream, { isTTY }), text: () => chunks.join('') }
}

/**
 * A process that records what is printed. Its time passes only in sleep, sixty times as fast, while the parts with
 * clocks of their own go on.
 */
export const recordedProcessContext = (
  changes: Partial<ProcessContext> & { readonly isTTY?: boolean } = {},
): Recorded => {
  const { isTTY = false, ...others } = changes
  const [stdout, stderr] = [recorder(isTTY), recorder(isTTY)]
  let now = 0
  return {
    stdout: stdout.text,
    stderr: stderr.text,
    processContext: {
      env: {},
      stdin: Readable.from([]),
      stdout: stdout.stream,
      stderr: stderr.stream,
      readFile: makeReadFile(others.stop ?? new AbortController().signal),
      createFile,
      replaceFile,
      userName: () => 'alice',
      sleep: async (milliseconds) => {
        now += milliseconds
        await setTimeout(milliseconds / 60)
      },
      now: () => Date.now(),
      monotonic: () => now,
      stop: new AbortController().signal,
      ...others,
    },
  }
}
