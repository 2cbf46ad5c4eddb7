/** Where a command writes to. */
export interface Sink {
  readonly write: (text: string) => unknown
  readonly isTTY?: boolean
}

const stepsBetweenLines = 20

/** A line that a person sees grow, and a program never sees. */
export const makeProgress = (errors: Sink, total: number, what: string) => {
  let done = 0
  return {
    step: (): void => {
      done += 1
      if (errors.isTTY === true && (done % stepsBetweenLines === 0 || done === total)) errors.write(`\r${String(done)} of ${String(total)} ${what}`)
    },
    end: (): void => { if (errors.isTTY === true) errors.write('\n') },
  }
}
