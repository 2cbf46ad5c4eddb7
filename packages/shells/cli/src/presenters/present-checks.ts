import type { Check } from '../doctor/check.ts'
import type { View } from './view.ts'

const line = ({ name, status, detail, hint }: Check): string =>
  [
    `${status.padEnd(7)}  ${name}${detail === undefined ? '' : `: ${detail}`}\n`,
    hint === undefined ? '' : `         → ${hint}\n`,
  ].join('')

/** One line for each check, and what to do about those that failed. */
export const presentChecks = (checks: ReadonlyArray<Check>): View => ({
  text: checks.map(line).join(''),
  data: { checks },
})
