import { setTimeout as sleep } from 'node:timers/promises'

const pollMilliseconds = 20

/** Asks until the answer is yes. @throws Error with the sentence when that takes longer than the time given. */
export const until = async (
  isSo: () => boolean | Promise<boolean>,
  seconds: number,
  sentence: () => string,
): Promise<void> => {
  const deadline = performance.now() + seconds * 1000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(sentence())
    await sleep(pollMilliseconds)
  }
}
