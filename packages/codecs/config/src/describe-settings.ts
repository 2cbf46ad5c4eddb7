import { flagOf, variableOf } from './names.ts'
import type { Setting } from './setting.ts'
import { type SettingPath, settingPaths, settings } from './settings.ts'

/** One setting, in words. */
export interface SettingDescription {
  /** Where it stands in the file. */
  readonly path: string
  /** Without its dashes. Absent for a secret, which no command line may hold. */
  readonly flag?: string
  readonly variable: string
  readonly meaning: string
  /** What its codec accepts. */
  readonly type: string
  /** Variable and flag are JSON. */
  readonly isJson: boolean
  readonly required: boolean
  /** As a variable or a flag would have it. Absent where nothing holds by default. */
  readonly default?: string
  /** Its default follows from the mode of the deployment. */
  readonly isLeftToMode: boolean
}

const asJson = (_key: string, value: unknown): unknown => (value instanceof RegExp ? value.source : value)

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, asJson))

const describeSetting = (path: SettingPath): SettingDescription => {
  const { kind, codec, meaning, required, fallback, isLeftToMode = false }: Setting<unknown> = settings[path]
  return {
    path,
    flag: flagOf(path),
    variable: variableOf(path),
    meaning,
    type: codec.name,
    isJson: kind === 'json',
    required,
    default: fallback === undefined ? undefined : textOf(fallback),
    isLeftToMode,
  }
}

/** Every setting in the order of the file. */
export const describeSettings = (): ReadonlyArray<SettingDescription> => settingPaths.map(describeSetting)
