import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StageFolder } from '../../stage/stage-folder.ts'
import { startAside } from './aside.ts'

/** What the process of an API server is told. */
export interface ReviewsPlan {
  /** The name of an account by its token. */
  readonly accounts: Readonly<Record<string, string>>
  readonly tls: { readonly certificate: string; readonly key: string }
}

/** An API server in a process of its own, and how a program becomes a pod of it. */
export interface ApiServer {
  /** Put before a program and its arguments. */
  readonly inPod: ReadonlyArray<string>
  readonly environment: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

/** In a file system of the program's own, so that the account of the bench lies where a pod has its account. */
const inOwnFileSystem = ['unshare', '--map-root-user', '--mount']

const enterPod = `
mount -t tmpfs none /run || exit
account=/run/secrets/kubernetes.io/serviceaccount
mkdir -p "$account" && cp "$1" "$account/token" && cp "$2" "$account/ca.crt" && shift 2 && exec "$@"
`

/** Whether this system can give a program a file system of its own, as a pod has. */
export const canRunPods = (): boolean => {
  const [command, ...args] = inOwnFileSystem
  return command !== undefined && spawnSync(command, [...args, 'mount', '-t', 'tmpfs', 'none', '/run']).status === 0
}

export const startApiServer = async (
  { path, server, authority }: StageFolder,
  accounts: ReviewsPlan['accounts'],
): Promise<ApiServer> => {
  const inFolder = (name: string): string => join(path, name)
  const write = (name: string, text: string): void => {
    writeFileSync(inFolder(name), text, { mode: 0o600 })
  }
  write('account-token', 'of-the-service')
  write('account-authority.pem', authority)
  const plan: ReviewsPlan = { accounts, tls: server }
  const { said: port, stop } = await startAside<number>('serve-reviews.ts', plan)
  return {
    inPod: [
      ...inOwnFileSystem,
      'sh',
      '-c',
      enterPod,
      'pod',
      inFolder('account-token'),
      inFolder('account-authority.pem'),
    ],
    environment: { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(port) },
    close: stop,
  }
}
