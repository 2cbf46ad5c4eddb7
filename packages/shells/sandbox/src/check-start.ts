import { writeFileSync } from 'node:fs'
import { callersDirectory } from './callers-directory.ts'
import { errorCodeOf } from './error-code-of.ts'
import { explainFailure } from './explain-failure.ts'
import { keptPorts } from './ports.ts'
import { SandboxError } from './sandbox-error.ts'
import { sandboxFiles } from './sandbox-files.ts'
import { readStartOptions, type StartOptions, usage } from './start-options.ts'
import { takePlace } from './take-place.ts'

/** Why there is nothing to start: what to print, if anything, and the exit code. */
export interface NoStart {
  readonly exitCode: number
  readonly sentence?: string
}

const exitCodes = { helped: 0, failed: 1, wrongOptions: 2, readerLeft: 141 } as const

const refusal = (error: unknown, exitCode: number): NoStart => {
  const explained = explainFailure(error)
  if (explained instanceof SandboxError) return { exitCode, sentence: explained.message }
  throw explained
}

const help = (): NoStart => {
  try {
    writeFileSync(process.stdout.fd, usage)
    return { exitCode: exitCodes.helped }
  } catch (error) {
    const code = errorCodeOf(error) ?? 'unknown reason'
    if (code === 'EPIPE') return { exitCode: exitCodes.readerLeft }
    return { exitCode: exitCodes.failed, sentence: `Standard output cannot be written (${code}).` }
  }
}

const checkPlace = async (options: StartOptions): Promise<void> => {
  const release = await takePlace(options)
  try {
    if (!options.reset) await keptPorts(sandboxFiles(options.folder).ports)
  } finally {
    await release()
  }
}

/**
 * Checks what `npm start` can know before anything is built, so that a refusal comes at once. Runs from its sources.
 *
 * @returns undefined when a sandbox may start.
 */
export const checkStart = async (args: ReadonlyArray<string>): Promise<NoStart | undefined> => {
  let options: StartOptions
  try {
    options = readStartOptions(args, callersDirectory())
  } catch (error) {
    return refusal(error, exitCodes.wrongOptions)
  }
  if (options.help) return help()
  try {
    await checkPlace(options)
    return undefined
  } catch (error) {
    return refusal(error, exitCodes.failed)
  }
}
