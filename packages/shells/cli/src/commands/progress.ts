import { onOneLine } from '../output/harmless.ts'
import type { ProcessContext } from '../process-context.ts'

/** One line on standard error that is overwritten; on a terminal only. */
export interface Progress {
  readonly show: (text: string) => void
  readonly end: () => void
}

const startOfLine = '\r\u001B[2K'

export const makeProgress = ({ stderr }: Pick<ProcessContext, 'stderr'>): Progress => {
  const write = (text: string): void => {
    if (stderr.isTTY === true) stderr.write(text)
  }
  return { show: (text) => write(`${startOfLine}${onOneLine(text)}`), end: () => write(startOfLine) }
}
