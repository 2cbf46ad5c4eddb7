import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { ClusterPaths } from './data-directory.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { launch, type Launcher } from './launcher.ts'
import type { Binaries } from './locate-binaries.ts'
import { withPlainInitdb } from './plain-initdb.ts'

const initdbArguments = (
  paths: ClusterPaths,
  { isDurable }: { readonly isDurable: boolean },
): ReadonlyArray<string> => [
  `--pgdata=${paths.data}`,
  '--username=postgres',
  `--pwfile=${paths.passwordFile}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--no-instructions',
  ...(isDurable ? [] : ['--no-sync']),
]

const lastLineOf = (output: string): string => output.trim().split('\n').at(-1) ?? ''

const toFailure = (output: string): EmbeddedPostgresError =>
  output.includes('Permission denied')
    ? new EmbeddedPostgresError(
        'UNREADABLE_DIRECTORY',
        'The user the server runs as may not enter the data directory or one of the directories above it.',
      )
    : new EmbeddedPostgresError('START_FAILED', `initdb could not create the data directory (${lastLineOf(output)}).`)

/** Creates an empty cluster: locale C, UTF-8, password authentication for every connection. Takes about a second. */
export const runInitdb = async (
  {
    launcher,
    binaries,
    isDurable,
  }: { readonly launcher: Launcher; readonly binaries: Binaries; readonly isDurable: boolean },
  paths: ClusterPaths,
): Promise<void> =>
  withPlainInitdb(binaries, async (initdb) => {
    const child = launch(launcher, initdb, initdbArguments(paths, { isDurable }), ['ignore', 'ignore', 'pipe'])
    const exited = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    const output = await text(child.stderr as Readable)
    if ((await exited) !== 0) throw toFailure(output)
  })
