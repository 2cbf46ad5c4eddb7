import { configFlags, describeSettings, type Flags, type SettingDescription } from '@pull-secret/config'
import { type Command, Option } from 'commander'

export type ParsedOptions = Readonly<Record<string, unknown>>

const settings: ReadonlyArray<{ readonly name: string; readonly key: string }> = configFlags.map((name) => ({
  name,
  key: new Option(`--${name} <value>`).attributeName(),
}))

const fallbackOf = ({ isLeftToMode, default: fallback }: SettingDescription): string => {
  if (isLeftToMode) return 'default: that of deployment.mode'
  return fallback === undefined ? 'no default' : `default: ${fallback}`
}

const describe = (setting: SettingDescription): string => {
  const { meaning, type, isJson, required } = setting
  const otherwise = fallbackOf(setting)
  return `${meaning} (${type}${isJson ? ' as JSON' : ''}; ${required ? 'required' : otherwise})`
}

const withoutFlag = (): string => `
Without a flag, because everybody on a machine can read its command lines:
${describeSettings()
  .filter(({ flag }) => flag === undefined)
  .map((setting) => `  ${setting.variable}  ${describe(setting)}`)
  .join('\n')}
`

/** Lets a command read the configuration: the file, and a flag for every setting that is no secret. */
export const addConfigOptions = (command: Command, { listSettings }: { readonly listSettings: boolean }): Command => {
  command.addOption(new Option('--config <file>', 'configuration file'))
  for (const setting of describeSettings().filter(({ flag }) => flag !== undefined)) {
    const option = new Option(`--${setting.flag ?? ''} <value>`, describe(setting)).helpGroup(
      'Settings, also keys of the file and environment variables:',
    )
    command.addOption(listSettings ? option : option.hideHelp())
  }
  return listSettings ? command.addHelpText('after', withoutFlag()) : command
}

/** Lets a command work at a server or on the database. */
export const addTargetOptions = (command: Command): Command =>
  addConfigOptions(
    command
      .addOption(new Option('--server <url>', 'use this server instead of the configured database'))
      .addOption(new Option('--token-file <file>', 'file with the bearer token for the server')),
    { listSettings: false },
  )

/** The settings among the parsed options, by their flags. */
export const settingFlags = (options: ParsedOptions): Flags =>
  Object.fromEntries(
    settings.flatMap(({ name, key }) => {
      const value = options[key]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
