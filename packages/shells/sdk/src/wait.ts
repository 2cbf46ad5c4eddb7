import { setTimeout } from 'node:timers/promises'

/** Resolves after `milliseconds`, or rejects with the signal's reason as soon as it aborts. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>

export const sleep: Sleep = async (milliseconds, signal) => {
  try {
    await setTimeout(milliseconds, undefined, { signal })
  } catch {
    signal.throwIfAborted()
  }
}

/** The result of the task, or the signal's reason as soon as it aborts; the task continues by itself. */
export const untilAborted = <A>(task: Promise<A>, signal: AbortSignal): Promise<A> =>
  new Promise((resolve, reject) => {
    const rejectWithReason = (): void => {
      reject(signal.reason as Error)
    }
    if (signal.aborted) rejectWithReason()
    signal.addEventListener('abort', rejectWithReason, { once: true })
    task.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', rejectWithReason)
    })
  })
