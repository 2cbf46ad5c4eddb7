import { randomBytes } from 'node:crypto'
import { lchown, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { errorCodeOf } from './error-code-of.ts'

/** Where things lie below the data directory. `cluster` appears whole, by a rename, once it is initialized. */
export interface ClusterPaths {
  readonly cluster: string
  readonly data: string
  readonly passwordFile: string
}

const pathsOf = (cluster: string): ClusterPaths => ({
  cluster,
  data: join(cluster, 'data'),
  passwordFile: join(cluster, 'superuser-password'),
})

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return errorCodeOf(error) === 'EPERM'
  }
}

const unfinishedPattern = /^initializing-(\d+)-/

const removeUnfinished = async (dataDirectory: string): Promise<void> => {
  for (const name of await readdir(dataDirectory)) {
    const pid = Number(unfinishedPattern.exec(name)?.[1])
    if (pid > 0 && !isRunning(pid)) await rm(join(dataDirectory, name), { recursive: true, force: true })
  }
}

const unusable = (dataDirectory: string, reason: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError('UNREADABLE_DIRECTORY', `The data directory ${dataDirectory} cannot be used: ${reason}.`)

const toUnusable = (dataDirectory: string, error: unknown): EmbeddedPostgresError =>
  error instanceof EmbeddedPostgresError
    ? error
    : unusable(dataDirectory, errorCodeOf(error) ?? 'it cannot be read or written')

/** Gives every file to the user the server runs as, the directory last: its owner tells whether all of it was given. */
const giveTo = async (directory: string, ownerId: number | undefined): Promise<void> => {
  if (ownerId === undefined || (await stat(directory)).uid === ownerId) return
  const children = await readdir(directory, { recursive: true })
  for (const path of [...children.map((child) => join(directory, child)), directory]) {
    await lchown(path, ownerId, ownerId)
  }
}

/** Creates the directory when it is missing, and answers its paths with symbolic links resolved. */
export const openDataDirectory = async (dataDirectory: string): Promise<ClusterPaths> => {
  try {
    await mkdir(dataDirectory, { recursive: true })
    await removeUnfinished(dataDirectory)
    return pathsOf(join(await realpath(dataDirectory), 'cluster'))
  } catch (error) {
    throw toUnusable(dataDirectory, error)
  }
}

export interface InitializeDeps {
  readonly dataDirectory: string
  readonly fileOwnerId: number | undefined
  readonly runInitdb: (paths: ClusterPaths) => Promise<void>
}

const initialize = async (
  { dataDirectory, fileOwnerId, runInitdb }: InitializeDeps,
  cluster: string,
): Promise<void> => {
  const unfinished = pathsOf(join(dataDirectory, `initializing-${process.pid}-${randomBytes(4).toString('hex')}`))
  try {
    await mkdir(unfinished.data, { recursive: true, mode: 0o700 })
    await writeFile(unfinished.passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
    await giveTo(unfinished.cluster, fileOwnerId)
    await runInitdb(unfinished)
    await rename(unfinished.cluster, cluster)
  } catch (error) {
    await rm(unfinished.cluster, { recursive: true, force: true })
    // Another process initialized the same directory first; its cluster is as good as ours.
    if (errorCodeOf(error) !== 'ENOTEMPTY' && errorCodeOf(error) !== 'EEXIST') throw error
  }
}

const fileExists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: unknown) => {
      if (errorCodeOf(error) === 'ENOENT') return false
      throw error
    },
  )

/** Makes sure that an initialized cluster stands at `paths`, owned by the right user. */
export const ensureCluster = async (paths: ClusterPaths, deps: InitializeDeps): Promise<void> => {
  try {
    await giveTo(deps.dataDirectory, deps.fileOwnerId)
    const isInitialized = await fileExists(paths.cluster)
    if (!isInitialized) await initialize(deps, paths.cluster)
  } catch (error) {
    throw toUnusable(deps.dataDirectory, error)
  }
}

/** The superuser's password, generated when the cluster was initialized. */
export const readPassword = async (paths: ClusterPaths, dataDirectory: string): Promise<string> => {
  try {
    return (await readFile(paths.passwordFile, 'utf8')).trim()
  } catch {
    throw unusable(dataDirectory, 'it holds no password of the superuser')
  }
}
