import { describeThrown } from '@pull-secret/api'
import type { ServerRoot } from '@pull-secret/composition/server'

export interface RefusalWriting {
  /** Writes a last time. */
  readonly stop: () => Promise<void>
}

const intervalMilliseconds = 60_000

/** Writes refused requests to the audit, once a minute. */
export const startWritingRefusals = ({ refusals, logger }: Pick<ServerRoot, 'refusals' | 'logger'>): RefusalWriting => {
  const write = async (): Promise<void> => {
    try {
      await refusals.write()
    } catch (error) {
      logger.log('error', 'refused requests could not be written to the audit', describeThrown(error))()
    }
  }
  const timer = setInterval(() => void write(), intervalMilliseconds)
  timer.unref()
  return {
    stop: () => {
      clearInterval(timer)
      return write()
    },
  }
}
