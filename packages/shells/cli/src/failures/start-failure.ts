import type { StartFault } from '@pull-secret/composition'
import type { CommandFailure } from './command-failure.ts'

/** Each fault on a line. */
export const describeStartFaults = (faults: ReadonlyArray<StartFault>): string =>
  faults.map(({ field, message }) => `  ${field === undefined ? '' : `${field}: `}${message}\n`).join('')

/** Why the service could not start. Only what may pass by itself is worth a retry; all else has to be corrected. */
export const failureOfStart = (faults: ReadonlyArray<StartFault>): CommandFailure => {
  const isDatabaseAlone = faults.every(({ field }) => field === 'database')
  const mayPass = faults.every((fault) => fault.mayPass === true)
  return {
    code: isDatabaseAlone ? 'DATABASE_NOT_READY' : 'CONFIGURATION',
    exit: mayPass ? 'unavailable' : 'usage',
    message: `the service cannot start\n${describeStartFaults(faults)}`,
    hint: 'run pull-secret doctor to check the installation',
  }
}
