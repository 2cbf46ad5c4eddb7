/** One attempt at a time, shared by all who ask while it is under way. */
export interface SharedAttempt<A> {
  /** Rejects with what the attempt rejects with, or with the signal's reason once that is aborted. */
  readonly join: (signal: AbortSignal) => Promise<A>
}

export interface SharedAttemptOptions {
  readonly monotonic: () => number
  /** An attempt of this age is believed to hang: whoever asks next begins another. */
  readonly longestMilliseconds: number
}

const unlessAborted = <A>(promise: Promise<A>, signal: AbortSignal): Promise<A> =>
  new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason as Error)
    if (signal.aborted) giveUp()
    signal.addEventListener('abort', giveUp)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })

export const makeSharedAttempt = <A>(
  attempt: () => Promise<A>,
  { monotonic, longestMilliseconds }: SharedAttemptOptions,
): SharedAttempt<A> => {
  let underWay: { readonly answer: Promise<A>; readonly since: number } | undefined

  const begin = (): Promise<A> => {
    const begun = { answer: attempt(), since: monotonic() }
    underWay = begun
    const forget = (): void => {
      if (underWay === begun) underWay = undefined
    }
    begun.answer.then(forget, forget)
    return begun.answer
  }

  return {
    join: (signal) => {
      const isHanging = underWay !== undefined && monotonic() - underWay.since > longestMilliseconds
      return unlessAborted(underWay === undefined || isHanging ? begin() : underWay.answer, signal)
    },
  }
}
