import * as E from 'fp-ts/lib/Either.js'
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
import { withModulesBeside } from './registry-module-path.ts'

export interface ConfigSources {
  readonly flags: Flags
  readonly env: Environment
  readonly readFile: ReadFile
}

const namedFile = ({ flags, env }: ConfigSources): string | undefined => {
  const flag = flags[fileFlag]
  return flag === undefined ? env[fileVariable] : String(flag)
}

/** A setting whose text could not be read has a fault already: that it is also missing would be a second one. */
const explains = (known: ConfigFault, found: ConfigFault): boolean =>
  found.rule === 'required' && (known.field === found.field || known.field === `${found.field}_file`)

/** Whether the registries that count are those of the file, and no variable or flag replaces them. */
const areOfFile = (file: Assignments, merged: Assignments): boolean =>
  file.has('registries') && merged.get('registries') === file.get('registries')

/**
 * One decoded configuration: flags over environment over file over defaults. The file is the one that `--config` or
 * `HYPERFLEET_CONFIG` names, else `/etc/hyperfleet/config.yaml` if there is one. Otherwise all faults, none of which
 * repeats a value.
 */
export const loadConfig = (sources: ConfigSources): E.Either<ReadonlyArray<ConfigFault>, Config> => {
  const named = namedFile(sources)
  const file = readConfigFile(named, sources.readFile)
  const environment = readEnvironment(sources.env)
  const flags = readFlags(sources.flags)
  const merged = overlaid(overlaid(file.assignments, environment.assignments), flags.assignments)
  const secret = readSecretFile(merged, sources.readFile)
  const decoded = E.map(toConfig)(decodeSettings(secret.assignments))
  const sourceFaults = [...file.faults, ...environment.faults, ...flags.faults, ...secret.faults]
  const found = E.isLeft(decoded)
    ? decoded.left.filter((fault) => !sourceFaults.some((other) => explains(other, fault)))
    : checkConfig(decoded.right)
  const faults = [...sourceFaults, ...found]
  if (faults.length > 0) return E.left(faults)
  return areOfFile(file.assignments, merged) ? E.map(withModulesBeside(named ?? defaultFile))(decoded) : decoded
}
