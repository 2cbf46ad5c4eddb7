import * as E from 'fp-ts/lib/Either.js'
import { readSettings } from '../operations/load-settings.ts'
import { openRoot, openSchema } from '../operations/open-composition.ts'
import { quieted } from '../operations/open-operations.ts'
import { readServerState } from '../operations/read-server-state.ts'
import { readToken } from '../operations/read-token.ts'
import type { Target } from '../operations/target.ts'
import type { ProcessContext } from '../process-context.ts'
import { type Check, failed, ok } from './check.ts'
import { checkInstallation, checkReadable } from './check-installation.ts'
import { checkServer } from './check-server.ts'

const examineServer = async (
  { url, origin, tokenFile }: Extract<Target, { kind: 'server' }>,
  processContext: ProcessContext,
): Promise<ReadonlyArray<Check>> => {
  const token = await readToken(tokenFile, processContext)
  if (E.isLeft(token)) return [failed('token', token.left.message, token.left.hint ?? '')]
  const { openServerOperations } = await import('../operations/server-operations.ts')
  const operations = openServerOperations({ url, origin, token: token.right, stop: processContext.stop })
  if (E.isLeft(operations)) return [ok('token'), failed('server', operations.left.message, operations.left.hint ?? '')]
  try {
    const state = await readServerState(url, processContext.stop)
    return [ok('token', 'readable'), ...(await checkServer(operations.right, state))]
  } finally {
    await operations.right.close()
  }
}

const examineInstallation = async (
  { flags }: Extract<Target, { kind: 'database' }>,
  processContext: ProcessContext,
  version: string,
): Promise<ReadonlyArray<Check>> => {
  const settings = await readSettings(flags, processContext)
  if (E.isLeft(settings)) {
    const faults = settings.left.settings
    return [
      ...faults.map(({ message, hint }) => failed('configuration', message, hint)),
      ...checkReadable(settings.left.named),
    ]
  }
  return [
    ok('configuration'),
    ...(await checkInstallation(quieted(settings.right), {
      openSchema,
      openRoot: (config) => openRoot(config, { processContext, version, readOnly: true }),
    })),
  ]
}

/** Checks everything that commands against the target need. */
export const examine = (
  target: Target,
  processContext: ProcessContext,
  version: string,
): Promise<ReadonlyArray<Check>> =>
  target.kind === 'server'
    ? examineServer(target, processContext)
    : examineInstallation(target, processContext, version)
