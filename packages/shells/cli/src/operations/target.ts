import type { Flags } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import { type CommandFailure, usageFailure } from '../failures/command-failure.ts'
import type { ProcessContext } from '../process-context.ts'

/** Where a command works: at a server, or on the configured database in this process. */
export type Target =
  | { readonly kind: 'server'; readonly url: string; readonly tokenFile?: string }
  | { readonly kind: 'database'; readonly flags: Flags }

export interface TargetWish {
  readonly server?: string
  readonly tokenFile?: string
  readonly flags: Flags
}

export const serverVariable = 'HYPERFLEET_PULL_SECRET_SERVER'

/** A flag counts more than a variable: `--config` leaves a server of the environment aside. */
export const chooseTarget = (
  { server, tokenFile, flags }: TargetWish,
  { env }: Pick<ProcessContext, 'env'>,
): E.Either<CommandFailure, Target> => {
  const [setting] = Object.keys(flags)
  if (server !== undefined && setting !== undefined) {
    return E.left(usageFailure(`--server and --${setting} exclude each other`, 'a server has its own configuration'))
  }
  if (tokenFile !== undefined && setting !== undefined) {
    return E.left(usageFailure(`--token-file and --${setting} exclude each other`, 'a token is for a server'))
  }
  const url = server ?? (setting === undefined ? env[serverVariable] : undefined)
  return E.right(url === undefined || url === '' ? { kind: 'database', flags } : { kind: 'server', url, tokenFile })
}
