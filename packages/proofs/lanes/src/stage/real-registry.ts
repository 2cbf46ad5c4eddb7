import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChildProgram } from './child-program.ts'
import { findProgram } from './installed-program.ts'
import type { StageFolder } from './stage-folder.ts'
import { until } from './until.ts'

export const registryProgram = 'docker-registry'

export interface RealRegistry {
  readonly stop: () => Promise<void>
}

const startSeconds = 20

/** A CNCF Distribution registry at `127.0.0.1:port` that lets in whom the folder's htpasswd file names. */
export const startRealRegistry = async ({ path, htpasswdFile }: StageFolder, port: number): Promise<RealRegistry> => {
  const configFile = join(path, 'registry', 'config.yml')
  const host = `127.0.0.1:${String(port)}`
  writeFileSync(
    configFile,
    JSON.stringify({
      version: '0.1',
      log: { level: 'error' },
      storage: { filesystem: { rootdirectory: join(path, 'registry', 'storage') } },
      http: { addr: host },
      auth: { htpasswd: { realm: 'stage', path: htpasswdFile } },
    }),
  )
  const lines: Array<string> = []
  const child = await startChildProgram({
    program: findProgram(registryProgram) ?? registryProgram,
    args: ['serve', configFile],
    env: {},
    onLine: (line) => lines.push(line),
  })
  const answers = (): Promise<boolean> =>
    fetch(`http://${host}/v2/`).then(
      (answer) => answer.status === 401,
      () => false,
    )
  const stop = async (): Promise<void> => {
    await child.end('SIGKILL')
  }
  try {
    await until(answers, startSeconds, () => `${registryProgram} did not start:\n${lines.join('\n')}`)
  } catch (error) {
    await stop()
    throw error
  }
  return { stop }
}
