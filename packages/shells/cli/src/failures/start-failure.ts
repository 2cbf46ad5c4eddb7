import type { StartFault } from '@pull-secret/composition'
import type { CommandFailure } from './command-failure.ts'

const sentences = (faults: ReadonlyArray<StartFault>): string =>
  faults.map(({ field, message }) => `  ${field === undefined ? '' : `${field}: `}${message}\n`).join('')

/** Why a root did not open. A database that does not answer may do so later; everything else has to be corrected. */
export const failureOfStart = (faults: ReadonlyArray<StartFault>): CommandFailure => {
  const isDatabaseAlone = faults.every(({ field }) => field === 'database')
  return {
    code: isDatabaseAlone ? 'DATABASE_NOT_READY' : 'CONFIGURATION',
    exit: isDatabaseAlone ? 'unavailable' : 'usage',
    message: `the service does not open\n${sentences(faults)}`,
    hint: 'pull-secret doctor checks everything that a command needs',
  }
}
