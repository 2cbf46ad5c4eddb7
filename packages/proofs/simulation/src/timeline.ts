/** What happened, in words; kept only where somebody will read it. */
export interface Timeline {
  /** Whether anybody will read it: what is known to nobody else is found out only then. */
  readonly isKept: boolean
  readonly note: (text: () => string) => void
  readonly lines: () => ReadonlyArray<string>
}

export const silentTimeline: Timeline = { isKept: false, note: () => undefined, lines: () => [] }

export const makeTimeline = (now: () => number): Timeline => {
  const lines: Array<string> = []
  return {
    isKept: true,
    note: (text) => {
      lines.push(`${(now() / 1000).toFixed(3).padStart(12)} s  ${text()}`)
    },
    lines: () => lines,
  }
}
