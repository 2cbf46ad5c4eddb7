import * as E from 'fp-ts/lib/Either.js'
import type { CommandAnswer } from '../operations/operations.ts'
import type { DeletionBody } from '../presenters/deletion-body.ts'
import { askUntil, type AskUntilDeps } from './ask-until.ts'

export interface DeleteUntilProvedDeps extends Pick<AskUntilDeps<DeletionBody>, 'report' | 'processContext'> {
  /** Deletes this life of the cluster; whichever goes on where none is named. */
  readonly remove: (incarnation?: number) => CommandAnswer<DeletionBody>
}

/**
 * Repeats the deletion until every credential is proved revoked or the timeout is over; returns the last answer. It
 * goes on with the life that it began to delete: once another one has begun, that is over.
 */
export const deleteUntilProved = (
  { remove, ...deps }: DeleteUntilProvedDeps,
  timeoutSeconds: number,
): CommandAnswer<DeletionBody> =>
  askUntil<DeletionBody>(
    {
      ...deps,
      ask: async (previous) => {
        const answer = await remove(previous?.status === 'deleting' ? previous.incarnation : undefined)
        return previous !== undefined && E.isLeft(answer) && answer.left.exit === 'conflict'
          ? E.right({ status: 'deleted' })
          : answer
      },
      isDone: ({ status }) => status === 'deleted',
    },
    timeoutSeconds,
  )
