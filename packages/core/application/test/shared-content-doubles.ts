import * as TE from 'fp-ts/lib/TaskEither.js'
import type { WithSharedContent } from '../src/index.ts'

export const unshared: WithSharedContent = () => (call) => TE.fromTask(call(undefined))

export const refusing =
  (code: 'SHARED_OBJECT_BUSY' | 'KEY_UNAVAILABLE'): WithSharedContent =>
  () =>
  () =>
    TE.left(code === 'KEY_UNAVAILABLE' ? { code, keyId: 'k' } : { code })
