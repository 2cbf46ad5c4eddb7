import { EmbeddedPostgresError } from '@pull-secret/embedded-postgres'
import { callersDirectory } from './callers-directory.ts'
import { readyBlock } from './ready-block.ts'
import { SandboxError } from './sandbox-error.ts'
import { readStartOptions } from './start-options.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from './start-sandbox.ts'

const exitCodes = { stopped: 0, failed: 1 } as const

const printLine = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`)
}

const describe = (error: unknown): string => {
  if (error instanceof SandboxError || error instanceof EmbeddedPostgresError) return error.message
  return `The sandbox failed (${error instanceof Error ? error.message : 'unknown reason'}).`
}

const whenAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** Undefined when it was stopped before it was ready. */
const startUnlessStopped = async (options: SandboxOptions, stop: AbortSignal): Promise<Sandbox | undefined> => {
  try {
    return await startSandbox({ ...options, stop })
  } catch (error) {
    if (error === stop.reason) return undefined
    throw error
  }
}

const run = async (options: SandboxOptions, stop: AbortSignal): Promise<void> => {
  const sandbox = await startUnlessStopped(options, stop)
  if (sandbox === undefined) return
  process.stdout.write(readyBlock(sandbox, callersDirectory()), (error) => {
    if (error) printLine(`The sandbox is ready, but standard output cannot be written (${error.message}).`)
  })
  await whenAborted(stop)
  options.onProgress?.('Stopping')
  await sandbox.stop()
}

/**
 * `npm start`, once it is built: runs a sandbox until `stop` aborts, and says in one sentence why it cannot. Resolves
 * with the exit code.
 */
export const runStartCommand = async (args: ReadonlyArray<string>, stop: AbortSignal): Promise<number> => {
  const onProgress = process.stderr.isTTY
    ? (step: string) => {
        printLine(`${step} …`)
      }
    : () => undefined
  try {
    await run({ ...readStartOptions(args, callersDirectory()), onProgress }, stop)
    return exitCodes.stopped
  } catch (error) {
    printLine(describe(error))
    return exitCodes.failed
  }
}
