import * as E from 'fp-ts/lib/Either.js'
import { readAccess } from './access-config.ts'
import { type Assignments, overlaid } from './assignments.ts'
import { checkConfig } from './check-config.ts'
import { type Config, toConfig } from './config.ts'
import { decodeSettings } from './decode-settings.ts'
import type { ConfigFault } from './fault.ts'
import { fileFlag, fileVariable } from './names.ts'
import { defaultFile, readConfigFile, type ReadFile } from './read-config-file.ts'
import { type Environment, readEnvironment } from './read-environment.ts'
import { type Flags, readFlags } from './read-flags.ts'
import { readSecretFile } from './read-secret-file.ts'
import { type ReadableParts, readableParts } from './readable-parts.ts'
import { withModulesBeside } from './registry-module-path.ts'
import { haveAllBelow } from './settings.ts'

export interface ConfigSources {
  readonly flags: Flags
  readonly env: Environment
  readonly readFile: ReadFile
}

/** A configuration that must not be used. */
export interface ConfigRefusal {
  /** Everything that is wrong with it, none of which repeats a value. */
  readonly faults: ReadonlyArray<ConfigFault>
  readonly readable: ReadableParts
}

const namedFile = ({ flags, env }: ConfigSources): string | undefined => {
  const flag = flags[fileFlag]
  return flag === undefined ? env[fileVariable] : String(flag)
}

/** What could not be read has a fault already: that a setting of it is missing would be a second one. */
const explains = (known: ConfigFault, found: ConfigFault): boolean =>
  found.rule === 'required' &&
  (known.field === 'config' ||
    known.field === found.field ||
    known.field === `${found.field}_file` ||
    found.field.startsWith(`${known.field}.`))

/** The file's registries name their modules from its folder; those of a variable or flag, from the working folder. */
const withModulesOfFile = (file: Assignments, merged: Assignments, path: string): Assignments => {
  const registries = merged.get('registries')
  return registries === undefined || registries !== file.get('registries')
    ? merged
    : new Map([...merged, ['registries', { ...registries, value: withModulesBeside(path, registries.value) }]])
}

/**
 * One decoded configuration: flags over environment over file over defaults. The file is the one that `--config` or
 * `HYPERFLEET_CONFIG` names, else `/etc/hyperfleet/config.yaml` if there is one.
 */
export const loadConfig = (sources: ConfigSources): E.Either<ConfigRefusal, Config> => {
  const named = namedFile(sources)
  const file = readConfigFile(named, sources.readFile)
  const environment = readEnvironment(sources.env)
  const flags = readFlags(sources.flags)
  const merged = overlaid(overlaid(file.assignments, environment.assignments), flags.assignments)
  const secret = readSecretFile(merged, sources.readFile)
  const assignments = withModulesOfFile(file.assignments, secret.assignments, named ?? defaultFile)
  const { values, faults: settingFaults } = decodeSettings(assignments)
  const access = readAccess(values)
  const sourceFaults = [...file.faults, ...environment.faults, ...flags.faults, ...secret.faults]
  const faults = [
    ...sourceFaults,
    ...[...settingFaults, ...(E.isLeft(access) ? access.left : [])].filter(
      (fault) => !sourceFaults.some((other) => explains(other, fault)),
    ),
    ...checkConfig(values),
  ]
  return faults.length === 0 && haveAllBelow(values, '') && E.isRight(access)
    ? E.right(toConfig(values, access.right))
    : E.left({ faults, readable: readableParts(values, assignments.get('registries')?.value) })
}
