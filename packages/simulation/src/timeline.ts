/** What happened, in words; kept only where somebody will read it. */
export interface Timeline {
  readonly note: (text: () => string) => void
  readonly lines: () => ReadonlyArray<string>
}

export const silentTimeline: Timeline = { note: () => undefined, lines: () => [] }

export const makeTimeline = (now: () => number): Timeline => {
  const lines: string[] = []
  return {
    note: (text) => { lines.push(`${(now() / 1000).toFixed(3).padStart(12)} s  ${text()}`) },
    lines: () => lines,
  }
}
