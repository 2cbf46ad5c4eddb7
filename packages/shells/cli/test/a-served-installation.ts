import { readFileSync } from 'node:fs'
import { openServer } from '@pull-secret/composition/server'
import { loadConfig } from '@pull-secret/config'
import { serve } from '@pull-secret/server'
import * as E from 'fp-ts/lib/Either.js'
import { anInstallation, type Installation } from './an-installation.ts'
import { recordedProcessContext } from './process-context.ts'

export interface ServedInstallation extends Installation {
  readonly url: string
  /** What has to stand in the environment for commands to work at the server. */
  readonly atServer: Readonly<Record<string, string>>
}

/** The same installation, with a server on its database. */
export const aServedInstallation = async (): Promise<ServedInstallation> => {
  const installation = await anInstallation({ migrated: true })
  const config = loadConfig({
    flags: { config: installation.configFile },
    env: {},
    readFile: (path) => E.right(readFileSync(path, 'utf8')),
  })
  if (E.isLeft(config)) throw new Error('the configuration of the specs is not usable')
  const root = await openServer(config.right, {
    component: 'cli-spec',
    version: '0',
    logStream: recordedProcessContext().processContext.stderr,
  })
  if (E.isLeft(root)) throw new Error(root.left.map(({ message }) => message).join('; '))
  const server = await serve({ root: root.right, config: config.right })
  return {
    ...installation,
    url: server.url,
    atServer: { HYPERFLEET_PULL_SECRET_SERVER: server.url, HYPERFLEET_PULL_SECRET_TOKEN_FILE: installation.tokenFile },
    close: async () => {
      await server.stop()
      await root.right.close()
      await installation.close()
    },
  }
}
