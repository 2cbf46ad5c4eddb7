import { faulty, joined, type Reading } from './assignments.ts'
import { fileFlag, flagOf } from './names.ts'
import { readText } from './read-text.ts'
import { settingPaths } from './settings.ts'

/** Flags by their names without dashes, as in `{ 'server-port': '9000', 'deployment-sandbox': true }`. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>

const pathOfFlag = new Map(settingPaths.map((path) => [flagOf(path), path]))

const readFlag = (name: string, value: string | boolean): Reading => {
  const path = pathOfFlag.get(name)
  if (path !== undefined) return readText(path, String(value), `--${name}`)
  return faulty({
    field: `--${name}`,
    rule: 'unknown',
    message: `--${name} is an unknown flag`,
    hint: 'remove it or correct its name; a secret has no flag',
  })
}

export const readFlags = (flags: Flags): Reading =>
  joined(
    Object.entries(flags).flatMap(([name, value]) =>
      value === undefined || name === fileFlag ? [] : [readFlag(name, value)],
    ),
  )
