export interface RolloutProgress {
  readonly total: number
  /** Clusters that have their pull secret, or failed. */
  readonly done: number
  readonly failed: number
  /** When clusters of this run were done, oldest first; milliseconds, as `startedAt` and `now`. */
  readonly doneAt: ReadonlyArray<number>
  readonly startedAt: number
  readonly now: number
}

const barWidth = 20
const windowMilliseconds = 120_000

/** Clusters a minute, over the last two minutes: a budget lets a burst through at first. */
export const ratePerMinute = ({ doneAt, startedAt, now }: RolloutProgress): number => {
  const since = Math.max(startedAt, now - windowMilliseconds)
  const seconds = (now - since) / 1000
  return seconds <= 0 ? 0 : (doneAt.filter((at) => at > since).length / seconds) * 60
}

/** Such as `45s`, `3m20s` or `2h05m`. */
export const durationText = (seconds: number): string => {
  const whole = Math.ceil(seconds)
  const padded = (value: number): string => String(value).padStart(2, '0')
  if (whole < 60) return `${String(whole)}s`
  if (whole < 3600) return `${String(Math.floor(whole / 60))}m${padded(whole % 60)}s`
  const minutes = Math.ceil(whole / 60)
  return `${String(Math.floor(minutes / 60))}h${padded(minutes % 60)}m`
}

/** One line for a person: how much is done, how fast it goes, and when it will be complete. */
export const describeRollout = (progress: RolloutProgress): string => {
  const { total, done, failed } = progress
  const share = total === 0 ? 1 : done / total
  const filled = Math.floor(share * barWidth)
  const rate = ratePerMinute(progress)
  const left = rate === 0 ? '?' : durationText(((total - done) / rate) * 60)
  return [
    `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}]`,
    `${String(done)}/${String(total)}`,
    `${String(Math.floor(share * 100))} %`,
    `${String(Math.round(rate))}/min`,
    `ETA ${left}`,
    ...(failed === 0 ? [] : [`${String(failed)} failed`]),
  ].join('  ')
}
