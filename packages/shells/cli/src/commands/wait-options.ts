import type { Command } from 'commander'
import { type CommandFailure, usageFailure } from '../failures/command-failure.ts'
import { positiveNumber } from './option-values.ts'

export interface WaitOptions {
  readonly wait?: boolean
  readonly timeout?: number
}

export const defaultTimeoutSeconds = 300

/** For commands that revoke credentials. */
export const addWaitOptions = (command: Command): Command =>
  command
    .option('--wait', 'wait until every credential is proved revoked')
    .option(
      '--timeout <seconds>',
      `with --wait: maximum time to wait (default: ${String(defaultTimeoutSeconds)})`,
      positiveNumber,
    )

export const faultOfWaitOptions = ({ wait = false, timeout }: WaitOptions): CommandFailure | undefined =>
  timeout !== undefined && !wait
    ? usageFailure('--timeout needs --wait', 'without --wait the command does not wait')
    : undefined
