import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** The success of a call that must succeed. */
export const succeed = async <A>(call: TaskEither<{ readonly code: string }, A>): Promise<A> => {
  const result = await call()
  if (E.isLeft(result)) throw new Error(`expected success, got ${JSON.stringify(result.left)}`)
  return result.right
}

/** The failure of a call that must fail. */
export const fail = async <L>(call: TaskEither<L, unknown>): Promise<L> => {
  const result = await call()
  if (E.isRight(result)) throw new Error('expected a failure')
  return result.left
}

/** The error of a call that must reject, which only a bug makes it do. */
export const reject = async (call: TaskEither<unknown, unknown>): Promise<Error> => {
  const result = await call().catch((error: unknown) => error as Error)
  if (result instanceof Error) return result
  throw new Error(`expected a rejection, got ${E.isLeft(result) ? JSON.stringify(result.left) : 'success'}`)
}

/** Lets a call end without success, as a failure or, which only a bug makes it do, by rejecting. */
export const endWithoutSuccess = async (call: TaskEither<unknown, unknown>): Promise<void> => {
  const result = await call().catch(E.left)
  if (E.isRight(result)) throw new Error('expected no success')
}

/** JSON drops absent fields, so that two adapters' ways of leaving one out compare equal. */
export const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
