import { dirname, join } from 'node:path'
import type { RunningServer } from '../src/index.ts'
import { aDeployment, organization } from './a-deployment.ts'
import { startServer } from './a-server.ts'
import { namedProgram } from './run-program.ts'

export interface ServiceGiven {
  readonly docs?: boolean
  readonly publicUrl?: string
}

/** On a database, and with a registry as the service in memory has it. */
const startProgram = async ({ docs = false, publicUrl }: ServiceGiven): Promise<RunningServer> => {
  const deployment = await aDeployment()
  await deployment.migrate()
  const config = {
    base_url: deployment.quay.url,
    organization,
    token_file: join(dirname(deployment.tokensFile), 'quay.token'),
  }
  const { server, exitCode, faults } = await deployment.run({
    HYPERFLEET_SERVER_DOCS: String(docs),
    ...(publicUrl === undefined ? {} : { HYPERFLEET_SERVER_PUBLIC_URL: publicUrl }),
    HYPERFLEET_ERRORS_BASE_URL: 'https://docs.example/errors',
    HYPERFLEET_REGISTRIES: JSON.stringify([{ id: 'quay', type: 'quay', config }]),
  })
  if (server === undefined) throw new Error(faults.join('; '))
  return {
    ...server,
    stop: async () => {
      await server.stop()
      await exitCode
      await deployment.close()
    },
  }
}

/** A server of which specs see the ports alone: in this process and in memory, or the named program. */
export const startService = (given: ServiceGiven = {}): Promise<RunningServer> =>
  namedProgram() === undefined ? startServer({ server: given }) : startProgram(given)
