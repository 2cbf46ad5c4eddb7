import { faulty, joined, type Reading } from './assignments.ts'
import { fileVariable, variableOf } from './names.ts'
import { readText } from './read-text.ts'
import { keysBelow, settingPaths } from './settings.ts'

export type Environment = Readonly<Record<string, string | undefined>>

const pathOfVariable = new Map(settingPaths.map((path) => [variableOf(path), path]))
const sectionPrefixes = keysBelow('').map((section) => `HYPERFLEET_${section.toUpperCase()}`)

/** Other HyperFleet components have variables of their own: only what bears the name of a section is ours. */
const isOurs = (name: string): boolean =>
  name !== fileVariable && sectionPrefixes.some((prefix) => name === prefix || name.startsWith(`${prefix}_`))

/** The database driver would load another library instead of itself. */
const replacesDriver = 'NODE_PG_FORCE_NATIVE'

const replacedDriver = faulty({
  field: replacesDriver,
  rule: 'unknown',
  message: `${replacesDriver} replaces the database driver by one that is not part of the service`,
  hint: 'remove the variable',
})

const readVariable = (name: string, text: string): Reading => {
  const path = pathOfVariable.get(name)
  if (path !== undefined) return readText(path, text, name)
  return faulty({
    field: name,
    rule: 'unknown',
    message: `${name} is an unknown variable`,
    hint: 'remove it or correct its name; in Kubernetes, enableServiceLinks: false keeps the names of services out',
  })
}

export const readEnvironment = (env: Environment): Reading =>
  joined([
    ...(env[replacesDriver] === undefined ? [] : [replacedDriver]),
    ...Object.entries(env).flatMap(([name, text]) =>
      text !== undefined && isOurs(name) ? [readVariable(name, text)] : [],
    ),
  ])
