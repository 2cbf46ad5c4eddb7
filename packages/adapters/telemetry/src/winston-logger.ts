import type { Logger, LogLevel } from '@pull-secret/domain'
import winston from 'winston'
import { boundedText } from './bounded-text.ts'
import { jsonLine, type LogEntry, textLine } from './log-line.ts'
import { redactedFields } from './redacted-fields.ts'
import { makeTurnWrites } from './turn-writes.ts'

export interface WinstonLoggerOptions {
  /** Lines below this level are not written. */
  readonly level: LogLevel
  readonly component: string
  readonly version: string
  readonly hostname: string
  /** `json` for machines, `text` for people. */
  readonly format: 'json' | 'text'
  /** Standard output where absent. */
  readonly stream?: NodeJS.WritableStream
}

const levels: Readonly<Record<LogLevel, number>> = { error: 0, warn: 1, info: 2, debug: 3 }

const maximumMessageBytes = 1023

/**
 * Writes one line per entry, with the common fields of the platform's logging standard; secrets show a placeholder.
 * Lines of one turn of the event loop are written together at its end, and before the process ends.
 */
export const makeWinstonLogger = ({
  level,
  component,
  version,
  hostname,
  format,
  stream = process.stdout,
}: WinstonLoggerOptions): Logger => {
  const line = format === 'json' ? jsonLine : textLine
  const logger = winston.createLogger({
    level,
    levels,
    format: winston.format.printf((info) => line(info['entry'] as LogEntry)),
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston declares interfaces
    transports: [new winston.transports.Stream({ stream: makeTurnWrites(stream) })],
  })
  return {
    log:
      (entryLevel, message, fields = {}) =>
      () => {
        if (levels[entryLevel] > levels[level]) return
        const entry: LogEntry = {
          timestamp: new Date().toISOString(),
          level: entryLevel,
          message: boundedText(message, maximumMessageBytes),
          component,
          version,
          hostname,
          fields: redactedFields(fields),
        }
        logger.log({ level: entryLevel, message: '', entry })
      },
  }
}
