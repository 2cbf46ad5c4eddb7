export interface Target {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** One of several writers. Each ends once. */
export interface Turn extends Target {
  readonly end: () => void
}

/**
 * Writers that all write at once and are shown one after the other: the first as it writes, each other from the
 * moment at which those before it have ended.
 */
export const takeTurns = (count: number, { out, err }: Target): ReadonlyArray<Turn> => {
  const writers = Array.from({ length: count }, () => ({ held: [] as Array<() => void>, hasEnded: false }))
  let shown = 0

  return writers.map((writer, index): Turn => {
    const perhapsLater =
      (write: (text: string) => void) =>
      (text: string): void => {
        if (index === shown) write(text)
        else writer.held.push(() => write(text))
      }
    return {
      out: perhapsLater(out),
      err: perhapsLater(err),
      end: () => {
        writer.hasEnded = true
        while (writers[shown]?.hasEnded === true) {
          shown += 1
          writers[shown]?.held.forEach((write) => write())
        }
      },
    }
  })
}
