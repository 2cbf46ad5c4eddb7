import { sqlStateOf } from './sql-state.ts'

const lostCodes = new Set(['ECONNRESET', 'EPIPE'])
const lostMessages = /^Connection terminated|^Client has encountered a connection error/

/** The connection ended, by itself or by the server's will; nobody waited for a time that had run out. */
export const wasLost = (error: unknown): boolean =>
  /^(57P0[123]|08)/.test(sqlStateOf(error) ?? '') ||
  (error instanceof Error &&
    (lostCodes.has((error as NodeJS.ErrnoException).code ?? '') || lostMessages.test(error.message)))

/** The connection leads to a server that takes no writes: a standby, or a primary that somebody demoted. */
export const isReadOnly = (error: unknown): boolean => sqlStateOf(error) === '25006'

/** What a read-only server would say to the first write of a transaction, said when it begins. */
export class ReadOnlyServer extends Error {
  readonly code = '25006'
}

/** Does work again, at most so many times, where it failed for a reason for which it may be done again. */
export const repeatedWhen = async <A>(
  mayRepeat: (error: unknown) => boolean,
  times: () => number,
  work: () => Promise<A>,
): Promise<A> => {
  try {
    return await work()
  } catch (error) {
    const left = times()
    if (left === 0 || !mayRepeat(error)) throw error
    return repeatedWhen(mayRepeat, () => left - 1, work)
  }
}
