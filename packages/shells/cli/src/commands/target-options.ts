import { configFlags, type Flags } from '@pull-secret/config'
import { type Command, Option } from 'commander'

export type ParsedOptions = Readonly<Record<string, unknown>>

const settings: ReadonlyArray<{ readonly name: string; readonly key: string }> = configFlags.map((name) => ({
  name,
  key: new Option(`--${name} <value>`).attributeName(),
}))

/** Lets a command read the configuration: the file, and a flag for every setting that is no secret. */
export const addConfigOptions = (command: Command, { listSettings }: { readonly listSettings: boolean }): Command => {
  command.addOption(new Option('--config <file>', 'configuration file'))
  for (const name of configFlags.filter((flag) => flag !== 'config')) {
    const option = new Option(`--${name} <value>`).helpGroup(
      'Settings, also keys of the file and environment variables:',
    )
    command.addOption(listSettings ? option : option.hideHelp())
  }
  return command
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
