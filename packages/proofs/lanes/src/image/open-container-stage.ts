import { chownSync, cpSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openStage, type Stage } from '../stage/open-stage.ts'
import { serviceConfig, type ServiceTimes } from '../stage/service-config.ts'
import { configFile, type Container, containerUser, registryFolder, startContainer } from './container.ts'
import { makeImage } from './image-files.ts'

/** A container and what it wrote so far. */
export interface StartedContainer extends Container {
  readonly lines: ReadonlyArray<string>
}

export interface ContainerStage {
  readonly stage: Stage
  /** Starts a container on the stage's database and vendors. */
  readonly start: (args: ReadonlyArray<string>, env?: Readonly<Record<string, string>>) => Promise<StartedContainer>
  /** Starts one and waits for its end. */
  readonly run: (args: ReadonlyArray<string>, env?: Readonly<Record<string, string>>) => Promise<number | undefined>
  /** Ends every container at once. */
  readonly endAll: () => Promise<void>
  /** Ends everything. */
  readonly close: () => Promise<void>
}

/** The files become the user's, as a pod mounts them: nobody else reads them. */
const own = (folder: string): void => {
  chownSync(folder, containerUser, containerUser)
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) own(path)
    else chownSync(path, containerUser, containerUser)
  }
}

const layOut = (stage: Stage, times: ServiceTimes): { readonly files: string; readonly registry: string } => {
  const { folder, quay, rhit, plainHost, databaseUrl } = stage
  const [files, registry] = ['mounted', 'mounted-registry'].map((name) => join(folder.path, name)) as [string, string]
  mkdirSync(files, { mode: 0o700 })
  for (const name of ['authority.pem', 'client.pem', 'client.key', 'quay.token', 'key-ring.json', 'tokens.json'])
    cpSync(join(folder.path, name), join(files, name))
  cpSync(dirname(folder.htpasswdFile), registry, { recursive: true })
  const mounted = { ...folder, path: dirname(configFile), htpasswdFile: join(registryFolder, 'htpasswd') }
  const config = serviceConfig({ folder: mounted, quay, rhit, plainHost, databaseUrl, preparedStatements: true, times })
  writeFileSync(join(files, 'config.yaml'), config, { mode: 0o400 })
  own(files)
  own(registry)
  return { files, registry }
}

/** Needs a machine that can run containers. */
export const openContainerStage = async (times: ServiceTimes): Promise<ContainerStage> => {
  const stage = await openStage({ times })
  const image = await makeImage(stage.folder.path)
  const mounted = layOut(stage, times)
  const started: Array<Container> = []

  const start: ContainerStage['start'] = async (args, env = {}) => {
    const lines: Array<string> = []
    const root = mkdtempSync(join(stage.folder.path, 'root-'))
    const folders = { root, image, ...mounted }
    const container = await startContainer({ folders, args, env, onLine: (line) => lines.push(line) })
    started.push(container)
    return { ...container, lines }
  }

  const endAll = async (): Promise<void> => {
    for (const container of started.splice(0).filter(({ isRunning }) => isRunning())) {
      container.signal('SIGKILL')
      await container.ended()
    }
  }

  return {
    stage,
    start,
    run: async (args, env) => (await start(args, env)).ended(),
    endAll,
    close: async () => {
      await endAll()
      await stage.close()
    },
  }
}
