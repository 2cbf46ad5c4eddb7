import type { CommandFailure } from './command-failure.ts'

/** A command that a signal cut short. What it began is finished by the same command, or by recovery. */
export const interruptedBy = (signal: unknown): CommandFailure => ({
  code: 'INTERRUPTED',
  exit: signal === 'SIGINT' ? 'interrupted' : 'terminated',
  message: `stopped by ${String(signal)} before it was complete`,
  hint: 'run the same command again: it continues where this one stopped',
})
