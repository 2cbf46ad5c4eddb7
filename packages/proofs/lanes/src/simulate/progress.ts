import type { Sink } from './sink.ts'

/** A line that a person sees grow, and a program never sees. */
export interface Progress {
  readonly step: (what?: string) => void
  readonly end: () => void
}

export interface ProgressDeps {
  readonly errors: Sink
  /** Milliseconds. */
  readonly now: () => number
  /** How the line reads after so many steps and milliseconds; `what` is what the last step said. */
  readonly describe: (done: number, milliseconds: number, what: string) => string
}

const redrawMilliseconds = 200
const clearLine = '\r\u001b[K'

export const makeProgress = ({ errors, now, describe }: ProgressDeps): Progress => {
  const beganAt = now()
  let done = 0
  let drawnAt = -Infinity
  return {
    step: (what = '') => {
      done += 1
      if (errors.isTTY !== true || now() - drawnAt < redrawMilliseconds) return
      drawnAt = now()
      errors.write(`${clearLine}${describe(done, now() - beganAt, what)}`)
    },
    end: () => {
      if (errors.isTTY === true) errors.write(clearLine)
    },
  }
}

const barWidth = 20

const timeLeft = (milliseconds: number): string =>
  milliseconds < 60_000
    ? `about ${String(Math.ceil(milliseconds / 1000))} s left`
    : `about ${String(Math.round(milliseconds / 60_000))} min left`

/** `[#####               ] 1234 of 5000, about 2 min left` */
export const barOf =
  (total: number): ProgressDeps['describe'] =>
  (done, milliseconds) => {
    const filled = Math.floor((barWidth * done) / total)
    const bar = `[${'#'.repeat(filled)}${' '.repeat(barWidth - filled)}]`
    return `${bar} ${String(done)} of ${String(total)}, ${timeLeft((milliseconds / done) * (total - done))}`
  }
