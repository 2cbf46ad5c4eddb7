/** Waits for the work to end; once the signal has aborted, for so long at most. */
export const endInTime = (stop: AbortSignal, milliseconds: number, work: Promise<unknown>): Promise<void> =>
  new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    const startTimer = (): void => {
      timer = setTimeout(resolve, milliseconds)
    }
    const forget = (): void => {
      clearTimeout(timer)
      stop.removeEventListener('abort', startTimer)
    }
    if (stop.aborted) startTimer()
    else stop.addEventListener('abort', startTimer, { once: true })
    work.then(() => resolve(), reject).finally(forget)
  })
