import type { Logger } from '@pull-secret/domain'

/** Keeps the lines it is given. */
export const makeNotedLogger = () => {
  const lines: Array<Parameters<Logger['log']>> = []
  const logger: Logger = {
    log:
      (...line) =>
      () => {
        lines.push(line)
      },
  }
  return { logger, lines }
}
