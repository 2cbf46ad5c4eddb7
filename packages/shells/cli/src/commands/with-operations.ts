import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { type OpenDeps, openOperations } from '../operations/open-operations.ts'
import type { CommandOperations } from '../operations/operations.ts'
import { chooseTarget, type Target } from '../operations/target.ts'
import type { ProcessContext } from '../process-context.ts'
import { endInTime } from '../stopping/end-in-time.ts'
import { untilStopped } from '../stopping/until-stopped.ts'
import type { CommandContext } from './command-context.ts'
import type { CommandResult } from './run-command.ts'
import { type ParsedOptions, settingFlags } from './target-options.ts'

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export const targetOf = (options: ParsedOptions, processContext: ProcessContext): E.Either<CommandFailure, Target> =>
  chooseTarget(
    { server: textOf(options['server']), tokenFile: textOf(options['tokenFile']), flags: settingFlags(options) },
    processContext,
  )

/** What an operation that has begun may take to end when the command is stopped; recovery finishes the rest. */
const endMilliseconds = 10_000

/** Opens the target of the options, works with it, and closes it. */
export const withOperations = async (
  { processContext, version }: CommandContext,
  options: ParsedOptions,
  work: (operations: CommandOperations) => CommandResult,
  { logging = 'quiet', readOnly = false }: Partial<Pick<OpenDeps, 'logging' | 'readOnly'>> = {},
): CommandResult => {
  const target = targetOf(options, processContext)
  if (E.isLeft(target)) return target
  const { stop } = processContext
  const opened = await untilStopped(stop, () =>
    openOperations(target.right, { processContext, version, logging, readOnly }),
  )
  if (E.isLeft(opened)) return opened
  try {
    return await work(opened.right)
  } finally {
    await endInTime(stop, readOnly ? 0 : endMilliseconds, opened.right.close())
  }
}
