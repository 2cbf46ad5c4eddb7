/** What the work gives, or undefined as soon as the signal has aborted; the work goes on then. */
export const unlessAborted = <A>(signal: AbortSignal, work: Promise<A>): Promise<A | undefined> =>
  new Promise((resolve, reject) => {
    const giveUp = (): void => resolve(undefined)
    if (signal.aborted) giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
