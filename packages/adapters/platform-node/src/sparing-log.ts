import type { Clock, LogFields, Logger, LogLevel } from '@pull-secret/domain'

/** Writes a line unless one with the same cause was written within the last minute. */
export type SparingLog = (cause: string, level: LogLevel, message: string, fields?: LogFields) => void

export interface SparingLogOptions {
  readonly logger: Logger
  readonly clock: Pick<Clock, 'monotonic'>
}

const quietMilliseconds = 60_000
/** So that causes from outside cannot fill the memory. The one that was written longest ago is forgotten. */
const rememberedCauses = 200

interface Written {
  readonly at: number
  readonly leftOut: number
}

/**
 * For faults that every request meets anew: one line a minute and cause, which says under `left_out` how many went
 * before it unwritten.
 */
export const makeSparingLog = ({ logger, clock }: SparingLogOptions): SparingLog => {
  const written = new Map<string, Written>()
  return (cause, level, message, fields = {}) => {
    const [now, last] = [clock.monotonic(), written.get(cause)]
    if (last !== undefined && now - last.at < quietMilliseconds) {
      written.set(cause, { ...last, leftOut: last.leftOut + 1 })
      return
    }
    written.delete(cause)
    const [oldest] = written.keys()
    if (oldest !== undefined && written.size >= rememberedCauses) written.delete(oldest)
    written.set(cause, { at: now, leftOut: 0 })
    logger.log(level, message, { ...fields, left_out: last === undefined ? undefined : last.leftOut })()
  }
}
