import type { ExitName } from './exit-codes.ts'

/** Why a command did not do what it was asked to. No text in it is a secret. */
export interface CommandFailure {
  /** For programs; stable. */
  readonly code: string
  readonly exit: ExitName
  readonly message: string
  /** What to do about it. */
  readonly hint?: string
  /** Under which a server's log tells of the request. */
  readonly traceId?: string
}

export const usageFailure = (message: string, hint?: string): CommandFailure => ({
  code: 'USAGE',
  exit: 'usage',
  message,
  hint,
})

/** The text of an unknown error may hold anything, a secret too: it is not repeated. */
export const internalFailure: CommandFailure = {
  code: 'INTERNAL',
  exit: 'internal',
  message: 'the command met an error of its own',
  hint: 'run pull-secret doctor; if it finds nothing, report this',
}

const line = (title: string, text: string | undefined): string => (text === undefined ? '' : `${title}: ${text}\n`)

/** For people, on standard error. A message of several lines keeps them. */
export const describeFailure = ({ code, message, hint, traceId }: CommandFailure): string =>
  line('error', `[${code}] ${message.trimEnd()}`) + line('hint', hint) + line('trace id', traceId)
