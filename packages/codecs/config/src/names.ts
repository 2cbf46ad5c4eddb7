import { type SettingPath, settingPaths, settings } from './settings.ts'

/** `server.metrics_port` → `HYPERFLEET_SERVER_METRICS_PORT`. */
export const variableOf = (path: SettingPath): string => `HYPERFLEET_${path.replaceAll('.', '_').toUpperCase()}`

/** `server.metrics_port` → `server-metrics-port`; undefined for a secret, which no command line may hold. */
export const flagOf = (path: SettingPath): string | undefined =>
  settings[path].kind === 'secret' ? undefined : path.replaceAll(/[._]/g, '-')

/** Names the configuration file. */
export const fileVariable = 'HYPERFLEET_CONFIG'
export const fileFlag = 'config'

/** Every flag that the configuration reads, without its dashes. */
export const configFlags: ReadonlyArray<string> = [fileFlag, ...settingPaths.flatMap((path) => flagOf(path) ?? [])]
