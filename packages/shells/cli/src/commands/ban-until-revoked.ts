import type { BanBody } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import type { CommandAnswer } from '../operations/operations.ts'
import { askUntil, type AskUntilDeps } from './ask-until.ts'

export interface BanUntilRevokedDeps extends Pick<AskUntilDeps<BanBody>, 'report' | 'processContext'> {
  readonly ban: () => CommandAnswer<BanBody>
  readonly show: () => CommandAnswer<BanBody>
}

const lifted: CommandFailure = {
  code: 'CONFLICT',
  exit: 'conflict',
  message: 'somebody lifted the ban meanwhile',
  hint: 'pull-secret audit list --action unban says who; ban it again if it has to be banned',
}

/**
 * Bans, and repeats that until every credential is proved revoked or the timeout is over. A repetition does what is due
 * by then; it looks first, because what somebody has lifted meanwhile must not be banned again.
 */
export const banUntilRevoked = (
  { ban, show, ...deps }: BanUntilRevokedDeps,
  timeoutSeconds: number,
): CommandAnswer<BanBody> =>
  askUntil<BanBody>(
    {
      ...deps,
      ask: async (previous) => {
        if (previous === undefined) return ban()
        const seen = await show()
        if (E.isLeft(seen) || seen.right.revoked === true) return seen
        return seen.right.banned ? ban() : E.left(lifted)
      },
      isDone: ({ revoked }) => revoked === true,
    },
    timeoutSeconds,
  )
