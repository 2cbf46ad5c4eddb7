import type { Failure } from '@pull-secret/domain'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { WithSharedContent } from '../src/index.ts'

export const unshared: WithSharedContent = () => (call) => TE.fromTask(call(undefined))

export const refusing =
  (failure: Failure<'SHARED_OBJECT_BUSY' | 'LEDGER_UNAVAILABLE'>): WithSharedContent =>
  () =>
  () =>
    TE.left(failure)
