import { demandNamespace } from './demand-namespace.ts'
import { openFolder } from './folder.ts'
import { lockFolder } from './folder-lock.ts'
import { demandFreePort } from './ports.ts'

export interface Place {
  readonly folder: string
  readonly port: number
  readonly metricsPort: number
}

/**
 * Takes the folder for this process, after every check that needs nothing but this machine.
 *
 * @returns what gives the folder back.
 * @throws SandboxError when a sandbox cannot run here.
 */
export const takePlace = async ({ folder, port, metricsPort }: Place): Promise<() => Promise<void>> => {
  demandNamespace()
  openFolder(folder)
  const release = await lockFolder(folder)
  try {
    await demandFreePort(port, 'port')
    await demandFreePort(metricsPort, 'metrics-port')
    return release
  } catch (error) {
    await release()
    throw error
  }
}
