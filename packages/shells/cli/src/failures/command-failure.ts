import type { ExitName } from './exit-codes.ts'

/** Why a command failed. No text in it is a secret. */
export interface CommandFailure {
  /** For programs; stable. */
  readonly code: string
  readonly exit: ExitName
  readonly message: string
  /** What to do about it. */
  readonly hint?: string
  /** How long the service asks to wait before the next attempt. */
  readonly retryAfterSeconds?: number
  /** Finds the request in the log of the server. */
  readonly traceId?: string
}

export const usageFailure = (message: string, hint?: string): CommandFailure => ({
  code: 'USAGE',
  exit: 'usage',
  message,
  hint,
})

/** The message of an unknown error may contain a secret: it is not repeated. */
export const internalFailure: CommandFailure = {
  code: 'INTERNAL',
  exit: 'internal',
  message: 'internal error',
  hint: 'run pull-secret doctor; if every check is ok, report a bug',
}

const line = (title: string, text: string | undefined): string => (text === undefined ? '' : `${title}: ${text}\n`)

/** For people, on standard error. A message of several lines keeps them. */
export const describeFailure = ({ code, message, hint, traceId }: CommandFailure): string =>
  line('error', `[${code}] ${message.trimEnd()}`) + line('hint', hint) + line('trace id', traceId)
