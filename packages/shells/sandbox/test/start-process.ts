import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const start = fileURLToPath(new URL('../bin/start.mjs', import.meta.url))

export interface Ended {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface StartProcess {
  readonly child: ChildProcess
  /** What is printed once the sandbox is ready. Rejects with what the process output when it ends before. */
  readonly ready: Promise<string>
  readonly ended: Promise<Ended>
}

type Environment = Readonly<Record<string, string | undefined>>

export interface StartProcessOptions {
  readonly env?: Environment
  /** The user that runs it; this one where absent. */
  readonly uid?: number | undefined
}

/**
 * Another user cannot write where this one collects its coverage, and Node says so on the error output. Where the name
 * is absent, Node passes its own value on.
 */
const withoutCoverage = (env: Environment): Environment => ({ ...env, NODE_V8_COVERAGE: undefined })

/** What `npm start -- ARGS` runs, on free ports. */
export const startProcess = (
  args: ReadonlyArray<string>,
  { env = process.env, uid }: StartProcessOptions = {},
): StartProcess => {
  const child = spawn(process.execPath, [start, '--port', '0', '--metrics-port', '0', ...args], {
    ...(uid === undefined ? { env } : { env: withoutCoverage(env), uid, gid: uid }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text
      if (/^curl .*\n/m.test(output.stdout)) resolve(output.stdout)
    })
    child.once('close', () => {
      reject(new Error(`ended before it was ready: ${output.stderr}`))
    })
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text
  })
  ready.catch(() => undefined)
  const ended = once(child, 'close').then(([exitCode]) => ({ exitCode: exitCode as number | null, ...output }))
  return { child, ready, ended }
}
