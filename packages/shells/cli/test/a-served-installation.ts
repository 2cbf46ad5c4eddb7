import { readFileSync } from 'node:fs'
import { openServer } from '@pull-secret/composition/server'
import { loadConfig } from '@pull-secret/config'
import { serve } from '@pull-secret/server'
import * as E from 'fp-ts/lib/Either.js'
import { readVersion } from '../src/version.ts'
import { anInstallation, type Installation } from './an-installation.ts'
import { recordedProcessContext } from './process-context.ts'
import { namedProgramFor, serveByProgram } from './program.ts'

export interface ServedInstallation extends Installation {
  readonly url: string
  /** What has to stand in the environment for commands to work at the server. */
  readonly atServer: Readonly<Record<string, string>>
}

const serveHere = async (configFile: string): Promise<Pick<ServedInstallation, 'url' | 'close'>> => {
  const config = loadConfig({
    flags: { config: configFile },
    env: {},
    readFile: (path) => E.right(readFileSync(path, 'utf8')),
  })
  if (E.isLeft(config)) throw new Error('the configuration of the specs is not usable')
  const root = await openServer(config.right, {
    component: 'pull-secret-service',
    version: readVersion(),
    logStream: recordedProcessContext().processContext.stderr,
  })
  if (E.isLeft(root)) throw new Error(root.left.map(({ message }) => message).join('; '))
  const server = await serve({ root: root.right, config: config.right })
  return {
    url: server.url,
    close: async () => {
      await server.stop()
      await root.right.close()
    },
  }
}

/** The same installation, with a server on its database. */
export const aServedInstallation = async (): Promise<ServedInstallation> => {
  const installation = await anInstallation({ migrated: true })
  const program = namedProgramFor({})
  const { url, close } = await (program === undefined
    ? serveHere(installation.configFile)
    : serveByProgram(program, installation.configFile))
  return {
    ...installation,
    url,
    atServer: { HYPERFLEET_PULL_SECRET_SERVER: url, HYPERFLEET_PULL_SECRET_TOKEN_FILE: installation.tokenFile },
    close: async () => {
      await close()
      await installation.close()
    },
  }
}
