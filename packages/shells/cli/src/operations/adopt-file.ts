import type { ServerRoot } from '@pull-secret/composition/server'
import type { Config } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import { type CommandFailure, usageFailure } from '../failures/command-failure.ts'
import { failureOfStart } from '../failures/start-failure.ts'
import type { ProcessContext } from '../process-context.ts'
import { openRoot } from './open-composition.ts'
import type { CommandAnswer } from './operations.ts'

/** The packages of the core are not the command's to import. */
type AdoptResult = Extract<
  Awaited<ReturnType<ReturnType<ServerRoot['useCases']['adoptSharedObject']>>>,
  { readonly _tag: 'Right' }
>['right']

export type Adopted = Extract<AdoptResult, { readonly kind: 'adopted' }>

export interface AdoptFileDeps {
  readonly processContext: ProcessContext
  readonly version: string
}

const failureOf = (registryId: string, result: Exclude<AdoptResult, Adopted>): CommandFailure => {
  switch (result.kind) {
    case 'no_such_registry':
      return usageFailure(`no registry ${registryId} is configured`, 'pull-secret registries list shows them')
    case 'no_shared_object':
      return usageFailure(`the registry ${registryId} keeps its credentials in no file`)
    case 'refused':
    case 'unknown':
    case 'not_sent':
      return {
        code: 'FILE_NOT_ADOPTED',
        exit: 'unavailable',
        message: `the file of ${registryId} was not adopted: ${result.problem}; the log line above names the file`,
        hint: 'mend the file, or wait until nobody writes to it, then retry',
      }
  }
}

const notPassed: Readonly<Record<'SHARED_OBJECT_BUSY' | 'LEDGER_UNAVAILABLE', string>> = {
  SHARED_OBJECT_BUSY: 'another process writes the file',
  LEDGER_UNAVAILABLE: 'the database is unavailable',
}

/** Lets a restored database write a registry's file again. Nobody in the file is removed. */
export const adoptFile = async (registryId: string, config: Config, deps: AdoptFileDeps): CommandAnswer<Adopted> => {
  // What is wrong with a file is a warning of its registry's.
  const telling = { ...config, telemetry: { ...config.telemetry, logLevel: 'warn', logFormat: 'text' } } as const
  const opened = await openRoot(telling, { ...deps, withoutCallers: true })
  if (E.isLeft(opened)) return E.left(failureOfStart(opened.left))
  const { useCases, close } = opened.right
  try {
    const result = await useCases.adoptSharedObject(registryId)()
    if (E.isLeft(result))
      return E.left({
        code: 'FILE_NOT_ADOPTED',
        exit: 'unavailable',
        message: `${registryId}: all in its file stay, but it cannot be written yet: ${notPassed[result.left.code]}`,
        hint: 'retry in a minute: nothing is lost by adopting a file twice',
      })
    return result.right.kind === 'adopted' ? E.right(result.right) : E.left(failureOf(registryId, result.right))
  } finally {
    await close()
  }
}
