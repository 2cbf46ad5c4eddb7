import { EmbeddedPostgresError } from '@pull-secret/embedded-postgres'
import { readyBlock } from './ready-block.ts'
import { SandboxError } from './sandbox-error.ts'
import { readStartOptions, type StartOptions, usage } from './start-options.ts'
import { startSandbox } from './start-sandbox.ts'

const exitCodes = { failed: 1, wrongOptions: 2 } as const

const printLine = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`)
}

const describe = (error: unknown): string => {
  if (error instanceof SandboxError || error instanceof EmbeddedPostgresError) return error.message
  return `The sandbox failed (${error instanceof Error ? error.message : 'unknown reason'}).`
}

/** Where the person's shell is: npm itself runs in the repository's root. */
const callersDirectory = (): string => process.env['INIT_CWD'] ?? process.cwd()

const readOptions = (args: ReadonlyArray<string>): StartOptions | undefined => {
  try {
    return readStartOptions(args, callersDirectory())
  } catch (error) {
    printLine(describe(error))
    process.exitCode = exitCodes.wrongOptions
    return undefined
  }
}

const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        resolve()
      })
  })

const run = async (options: StartOptions, onProgress: (step: string) => void): Promise<void> => {
  const stopping = stopSignal()
  const sandbox = await startSandbox({ ...options, onProgress })
  process.stdout.write(readyBlock(sandbox, callersDirectory()))
  await stopping
  onProgress('Stopping')
  await sandbox.stop()
}

/** `npm start`: runs a sandbox until a signal, and says in one sentence why it cannot. */
export const runStartCommand = async (args: ReadonlyArray<string>): Promise<void> => {
  const options = readOptions(args)
  if (options === undefined) return
  if (options.help) {
    process.stdout.write(usage)
    return
  }
  const onProgress = process.stderr.isTTY
    ? (step: string) => {
        printLine(`${step} …`)
      }
    : () => undefined
  try {
    await run(options, onProgress)
  } catch (error) {
    printLine(describe(error))
    process.exitCode = exitCodes.failed
  }
}
