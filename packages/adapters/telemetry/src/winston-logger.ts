import type { LogFields, Logger, LogLevel } from '@pull-secret/domain'
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
  /** Standard output where absent. Whoever opened it closes it, after the logger. */
  readonly stream?: NodeJS.WritableStream
  /** Called with the reason, such as `EPIPE`, when the stream begins to lose lines; the logger goes on. */
  readonly reportLoss?: (reason: string) => void
}

export interface WinstonLogger extends Logger {
  /**
   * Resolves when every line is written or lost, at the latest after two seconds: a reader that does not read holds no
   * process. Lines logged later are dropped.
   */
  readonly close: () => Promise<void>
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
  reportLoss = () => undefined,
}: WinstonLoggerOptions): WinstonLogger => {
  const line = format === 'json' ? jsonLine : textLine
  const entryOf = (entryLevel: LogLevel, message: string, fields: LogFields): LogEntry => ({
    timestamp: new Date().toISOString(),
    level: entryLevel,
    message: boundedText(message, maximumMessageBytes),
    component,
    version,
    hostname,
    fields: redactedFields(fields),
  })
  const writes = makeTurnWrites({
    stream,
    describeLoss: (lines) => `${line(entryOf('warn', 'log lines were lost', { lines }))}\n`,
    reportLoss,
  })
  let isClosed = false
  const logger = winston.createLogger({
    level,
    levels,
    format: winston.format.printf((info) => line(info['entry'] as LogEntry)),
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston declares interfaces
    transports: [new winston.transports.Stream({ stream: writes.stream })],
  })
  return {
    log:
      (entryLevel, message, fields = {}) =>
      () => {
        if (isClosed || levels[entryLevel] > levels[level]) return
        logger.log({ level: entryLevel, message: '', entry: entryOf(entryLevel, message, fields) })
      },
    close: () => {
      isClosed = true
      return writes.close()
    },
  }
}
