import * as E from 'fp-ts/lib/Either.js'
import { assigned, faulty, type Reading } from './assignments.ts'
import { type SettingPath, settings } from './settings.ts'

const readJson = (path: SettingPath, text: string, origin: string): Reading => {
  const parsed = E.tryCatch(
    (): unknown => JSON.parse(text),
    () => undefined,
  )
  return E.isRight(parsed)
    ? assigned(path, parsed.right, origin)
    : faulty({
        field: path,
        rule: 'format',
        message: `${path} must be valid JSON`,
        hint: `correct ${origin}`,
      })
}

const booleanOf = (text: string): boolean | string => (text === 'true' || text === 'false' ? text === 'true' : text)

/**
 * Reads the text of a variable or flag as its setting asks for; what is not of that kind is left for the setting's
 * codec to refuse.
 */
export const readText = (path: SettingPath, text: string, origin: string): Reading => {
  switch (settings[path].kind) {
    case 'json':
      return readJson(path, text, origin)
    case 'number':
      return assigned(path, /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text, origin)
    case 'boolean':
      return assigned(path, booleanOf(text), origin)
    case 'text':
    case 'secret':
      return assigned(path, text, origin)
  }
}
