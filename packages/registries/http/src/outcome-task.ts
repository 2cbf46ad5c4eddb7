import { pipe } from 'fp-ts/lib/function.js'
import type { Task } from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

/** A task that never rejects: what is thrown becomes the value that the adapter gives for it. */
export const toOutcome = <A>(run: () => Promise<A>, outcomeOfThrown: (error: unknown) => NoInfer<A>): Task<A> =>
  pipe(TE.tryCatch(run, outcomeOfThrown), TE.toUnion)
