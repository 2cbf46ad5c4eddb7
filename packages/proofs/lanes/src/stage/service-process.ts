import type { WriteStream } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@pull-secret/workbench'
import { startChildProgram } from './child-program.ts'
import { until } from './until.ts'

/** A process of the service, as an operator would start it. */
export interface ServiceProcess {
  /** Of the API. */
  readonly url: string
  readonly metricsUrl: string
  readonly pid: number
  readonly isRunning: () => boolean
  /** SIGKILL; resolves when the process is gone. */
  readonly kill: () => Promise<void>
  /** SIGTERM; resolves with the exit code. */
  readonly stop: () => Promise<number | undefined>
}

export interface ServiceProcessOptions {
  readonly configFile: string
  /** Receives everything that the process writes. */
  readonly log: WriteStream
  /** Where Node keeps compiled code between starts. */
  readonly compileCache: string
  /** The command; by default what the build makes. */
  readonly command?: readonly [program: string, ...args: ReadonlyArray<string>]
  /** The words after the command; by default it migrates and serves. */
  readonly args?: ReadonlyArray<string>
  /** Variables that replace settings of the file. */
  readonly settings?: Readonly<Record<string, string>>
}

interface Serving {
  readonly url: string
  readonly metrics_url: string
}

const startSeconds = 60
/** What the image calls `pull-secret`. */
export const serviceCommand = join(repositoryRoot, 'packages/shells/cli/bin/pull-secret.mjs')

const servingIn = (line: string): Serving | undefined => {
  if (!line.includes('"message":"serving"')) return undefined
  return JSON.parse(line) as Serving
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`).then(
    async (answer) => {
      await answer.arrayBuffer()
      return answer.ok
    },
    () => false,
  )

/** Starts the service on a configuration that names port 0 and returns when it is ready. */
export const startServiceProcess = async ({
  configFile,
  log,
  compileCache,
  command = [process.execPath, serviceCommand],
  args = ['serve', '--migrate'],
  settings = {},
}: ServiceProcessOptions): Promise<ServiceProcess> => {
  let serving: Serving | undefined
  const firstLines: Array<string> = []
  const child = await startChildProgram({
    program: command[0],
    args: [...command.slice(1), ...args],
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_COMPILE_CACHE: compileCache,
      HYPERFLEET_CONFIG: configFile,
      ...settings,
    },
    onLine: (line) => {
      log.write(`${line}\n`)
      serving ??= servingIn(line)
      if (firstLines.length < 20) firstLines.push(line)
    },
  })
  try {
    const isServing = async (): Promise<boolean> => serving !== undefined && (await isReady(serving.url))
    await until(
      async () => (await isServing()) || !child.isRunning(),
      startSeconds,
      () => 'the service did not become ready',
    )
    if (serving === undefined || !child.isRunning())
      throw new Error(`the service did not start:\n${firstLines.join('\n')}`)
  } catch (error) {
    await child.end('SIGKILL')
    throw error
  }
  return {
    url: serving.url,
    metricsUrl: serving.metrics_url,
    pid: child.pid,
    isRunning: child.isRunning,
    kill: async () => {
      await child.end('SIGKILL')
    },
    stop: () => child.end('SIGTERM'),
  }
}
