import type { IO } from 'fp-ts/lib/IO.js'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** What a line may carry beside its message. Values are short, and never a secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

export interface Logger {
  readonly log: (level: LogLevel, message: string, fields?: LogFields) => IO<void>
}
