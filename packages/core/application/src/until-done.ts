import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

/** Goes from round to round until one fails, or gives an answer instead of what the next one begins with. */
export const untilDone = <S, L, A>(
  first: S,
  round: (state: S) => TE.TaskEither<L, E.Either<S, A>>,
): TE.TaskEither<L, A> =>
  pipe(
    round(first),
    TE.flatMap((ended) => (E.isLeft(ended) ? untilDone(ended.left, round) : TE.right(ended.right))),
  )
