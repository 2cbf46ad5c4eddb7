import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type ChildProgram, startChildProgram } from '../stage/child-program.ts'

/** The user that the Dockerfile names. */
export const containerUser = 65532

/** What a container has of the machine: folders by their places inside. */
export interface ContainerFolders {
  /** An empty folder that becomes its root. */
  readonly root: string
  /** The files of the image. */
  readonly image: string
  /** Configuration and secrets. */
  readonly files: string
  /** The one folder that it may write. */
  readonly registry: string
}

export interface ContainerOptions {
  readonly folders: ContainerFolders
  /** The words after `pull-secret`. */
  readonly args: ReadonlyArray<string>
  readonly env: Readonly<Record<string, string>>
  readonly onLine: (line: string) => void
}

/** A container whose first process is the program of the image. */
export interface Container {
  /** Of that process, as this machine numbers it. */
  readonly pid: () => number
  readonly signal: (name: NodeJS.Signals) => void
  readonly isRunning: () => boolean
  /** Resolves with the exit code. */
  readonly ended: () => Promise<number | undefined>
}

export const configFile = '/etc/hyperfleet/config.yaml'
export const registryFolder = '/var/lib/registry'

/** All that a base image has and this machine has too, nothing of it writable; then only what the user may do. */
const enter = `
set -e
root=$1 image=$2 files=$3 registry=$4 node=$5
shift 5
mount -t tmpfs -o mode=755 container "$root"
cd "$root"
show() { mkdir -p "./$2" && mount -o "bind,$3" "$1" "./$2"; }
for folder in bin lib lib64 usr; do
  if [ -L "/$folder" ]; then cp -P "/$folder" .; elif [ -d "/$folder" ]; then show "/$folder" "$folder" ro; fi
done
show "$node" opt/node ro
show "$image" opt/pull-secret ro
show "$files" etc/hyperfleet ro
show "$registry" "${registryFolder}" rw
mkdir dev proc tmp
mount -t proc proc proc
for device in null urandom; do touch "dev/$device" && mount -o bind "/dev/$device" "dev/$device"; done
echo root:x:0:0:root:/root:/bin/sh > etc/passwd
mount -o remount,ro "$root"
exec chroot . setpriv --reuid ${String(containerUser)} --regid ${String(containerUser)} --clear-groups --no-new-privs \\
  --inh-caps=-all --bounding-set=-all env -C /opt/pull-secret pull-secret "$@"
`

const enterProgram = 'unshare'
const ownNamespaces = ['--mount', '--ipc', '--pid', '--fork', '--kill-child']

/** Why this machine cannot run anything as a container; undefined where it can. */
export const whyNoContainers = (): string | undefined => {
  if (process.getuid?.() !== 0) return `only root can run a process as user ${String(containerUser)}: run it by sudo`
  return spawnSync(enterProgram, [...ownNamespaces, 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0
    ? undefined
    : 'this machine gives a process no file system and no process numbers of its own (unshare)'
}

const statusOf = (pid: number, field: string): string => {
  try {
    return (
      new RegExp(`^${field}:[ \\t]*(.*)$`, 'm')
        .exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]
        ?.trim() ?? ''
    )
  } catch {
    return ''
  }
}

const childOf = ({ pid }: ChildProgram): number => {
  try {
    return Number(readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8').trim())
  } catch {
    return 0
  }
}

/** Starts the program of the image as the first process of a container, as the user of the image, with no right. */
export const startContainer = async ({ folders, args, env, onLine }: ContainerOptions): Promise<Container> => {
  const { root, image, files, registry } = folders
  const child = await startChildProgram({
    program: enterProgram,
    args: [
      ...ownNamespaces,
      'sh',
      '-c',
      enter,
      'container',
      root,
      image,
      files,
      registry,
      dirname(process.execPath),
      ...args,
    ],
    env: {
      PATH: '/opt/pull-secret/bin:/opt/node:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: '/nonexistent',
      NODE_ENV: 'production',
      HYPERFLEET_CONFIG: configFile,
      ...env,
    },
    onLine,
  })
  const pid = (): number => childOf(child)
  return {
    pid,
    signal: (name) => {
      process.kill(pid(), name)
    },
    isRunning: child.isRunning,
    ended: child.ended,
  }
}

/** Fields of the process's status, as the system tells them. */
export const processStatus = (pid: number, fields: ReadonlyArray<string>): Readonly<Record<string, string>> =>
  Object.fromEntries(fields.map((field) => [field, statusOf(pid, field)]))
