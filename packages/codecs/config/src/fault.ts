import type { ConfigMismatch } from '@pull-secret/domain'
import { flagOf, variableOf } from './names.ts'
import type { SettingPath } from './settings.ts'

/** One thing that is wrong with the configuration: field, rule, and what to do about it. Never the value. */
export interface ConfigFault extends ConfigMismatch {
  readonly hint: string
}

const waysToSet = (path: SettingPath): string => {
  const flag = flagOf(path)
  return flag === undefined
    ? `set ${path} in the file or ${variableOf(path)}`
    : `set ${path} in the file, ${variableOf(path)} or --${flag}`
}

/** How a missing setting is set. A secret is best mounted as a file. */
export const hintToSet = (path: SettingPath): string =>
  path === 'database.url' ? waysToSet('database.url_file') : waysToSet(path)

/** All faults, a line each. */
export const describeFaults = (faults: ReadonlyArray<ConfigFault>): string =>
  faults.map((fault) => `${fault.message} (${fault.hint})`).join('\n')
