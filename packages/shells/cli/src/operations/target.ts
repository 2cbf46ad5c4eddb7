import type { Flags } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import { type CommandFailure, usageFailure } from '../failures/command-failure.ts'
import type { ProcessContext } from '../process-context.ts'

/** Where a command works: at a server, or on the configured database in this process. */
export type Target =
  | {
      readonly kind: 'server'
      readonly url: string
      /** The flag or variable that names the server. */
      readonly origin: string
      readonly tokenFile?: string
    }
  | { readonly kind: 'database'; readonly flags: Flags }

export interface TargetOptions {
  readonly server?: string
  readonly tokenFile?: string
  readonly flags: Flags
}

export const serverVariable = 'HYPERFLEET_PULL_SECRET_SERVER'

/** A flag has precedence over a variable: with `--config`, a server of the environment is ignored. */
export const chooseTarget = (
  { server, tokenFile, flags }: TargetOptions,
  { env }: Pick<ProcessContext, 'env'>,
): E.Either<CommandFailure, Target> => {
  const [setting] = Object.keys(flags)
  if (server !== undefined && setting !== undefined) {
    return E.left(
      usageFailure(`--server and --${setting} are mutually exclusive`, 'a server has its own configuration'),
    )
  }
  if (tokenFile !== undefined && setting !== undefined) {
    return E.left(usageFailure(`--token-file and --${setting} are mutually exclusive`, 'a token is only for a server'))
  }
  if (server !== undefined) return E.right({ kind: 'server', url: server, origin: '--server', tokenFile })
  const url = setting === undefined ? env[serverVariable] : undefined
  if (url !== undefined && url !== '') return E.right({ kind: 'server', url, origin: serverVariable, tokenFile })
  return tokenFile === undefined
    ? E.right({ kind: 'database', flags })
    : E.left(usageFailure('--token-file needs a server', `name the server with --server or ${serverVariable}`))
}
