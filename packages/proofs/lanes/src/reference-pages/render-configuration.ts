import { modeTermsOf } from '@pull-secret/composition/server'
import {
  type DeploymentMode,
  describeRegistryKeys,
  describeSettings,
  type RegistryKeyDescription,
  type SettingDescription,
} from '@pull-secret/config'

const code = (text: string): string => `\`${text}\``

/** What a mode decides, by the paths of its settings. */
const decidedBy = (mode: DeploymentMode): Readonly<Record<string, unknown>> => {
  const { listener, access, limits } = modeTermsOf(mode)
  return {
    'server.plain_http': listener.plainHttp,
    'access.kubernetes.audiences': access.audiences.length === 0 ? undefined : access.audiences,
    'rate_limits.standard.per_minute': limits.standard.perMinute,
    'rate_limits.standard.per_second': limits.standard.perSecond,
  }
}

const decided = (['per-instance', 'global'] as const).map((mode) => ({ mode, values: decidedBy(mode) }))

const decidedDefaults = (path: string): string =>
  decided
    .map(({ mode, values }) => {
      if (!Object.hasOwn(values, path)) throw new Error(`no mode decides ${path}`)
      const value = values[path]
      const decidedValue = value === undefined ? 'none' : code(JSON.stringify(value))
      return `${decidedValue} where ${code('deployment.mode')} is ${code(mode)}`
    })
    .join(', ')

const defaultOf = ({ path, isLeftToMode, required, default: fallback }: SettingDescription): string => {
  if (required) return 'required'
  if (isLeftToMode) return decidedDefaults(path)
  return fallback === undefined ? 'none' : code(fallback)
}

const entryOf = (setting: SettingDescription): string => {
  const { path, flag, variable, meaning, type, isJson } = setting
  return `### ${code(path)}

${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.

- Type: ${type}${isJson ? '; JSON in a variable or a flag' : ''}
- Default: ${defaultOf(setting)}
- Variable: ${code(variable)}
- Flag: ${flag === undefined ? 'none, because everybody on a machine can read its command lines' : code(`--${flag}`)}
`
}

const sectionOf = ({ path }: SettingDescription): string => path.split('.')[0] ?? ''

const sections = (settings: ReadonlyArray<SettingDescription>): string =>
  [...new Set(settings.map(sectionOf))]
    .map((section) => {
      const entries = settings.filter((setting) => sectionOf(setting) === section).map(entryOf)
      return `## ${section}\n\n${entries.join('\n')}`
    })
    .join('\n')

const registryRow = ({ key, meaning, type, default: fallback }: RegistryKeyDescription): string =>
  `| ${code(key)} | ${type === 'unknown' ? 'a section' : type} | ${fallback} | ${meaning} |`

/** The page of all settings. */
export const renderConfiguration = (): string => `# Configuration

Written by \`npm run reference-pages\` from the tables that the service reads its configuration by.

Each setting comes from a flag, else from an environment variable, else from the YAML file, else from its default.
The file is the one of \`--config\`, else of \`HYPERFLEET_CONFIG\`, else \`/etc/hyperfleet/config.yaml\` if it exists.
In the file, \`a.b\` is the key \`b\` below the key \`a\`. Unknown keys, unknown flags and unknown variables that
begin with the name of a section are errors. [example.yaml](../packages/codecs/config/example.yaml) has every key,
[Run it yourself](run-it-yourself.md) has whole configurations to start from, and the README of
[config](../packages/codecs/config/README.md) says more about sources and secrets.

${sections(describeSettings())}
## An entry of \`registries\`

| Key | Type | Default | Meaning |
| --- | --- | --- | --- |
${describeRegistryKeys().map(registryRow).join('\n')}

The README of each type has the keys of \`config\`: [quay](../packages/registries/quay/README.md#configuration),
[rhit](../packages/registries/rhit/README.md#configuration),
[distribution](../packages/registries/distribution/README.md#configuration). [Adding a
registry](adding-a-registry.md#an-adapter-of-your-own) explains \`module\`.
`
