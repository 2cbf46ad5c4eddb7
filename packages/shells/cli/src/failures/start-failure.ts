import type { StartFault } from '@pull-secret/composition'
import type { CommandFailure } from './command-failure.ts'

const sentences = (faults: ReadonlyArray<StartFault>): string =>
  faults.map(({ field, message }) => `  ${field === undefined ? '' : `${field}: `}${message}\n`).join('')

/** Why the service could not start. An unavailable database may come back; everything else has to be corrected. */
export const failureOfStart = (faults: ReadonlyArray<StartFault>): CommandFailure => {
  const isDatabaseAlone = faults.every(({ field }) => field === 'database')
  return {
    code: isDatabaseAlone ? 'DATABASE_NOT_READY' : 'CONFIGURATION',
    exit: isDatabaseAlone ? 'unavailable' : 'usage',
    message: `the service cannot start\n${sentences(faults)}`,
    hint: 'run pull-secret doctor to check the installation',
  }
}
