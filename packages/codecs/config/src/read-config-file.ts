import * as E from 'fp-ts/lib/Either.js'
import { parseDocument } from 'yaml'
import { assigned, faulty, joined, type Reading } from './assignments.ts'
import { isSettingPath, keysBelow } from './settings.ts'

/** Reads a text file whole. */
export type ReadFile = (path: string) => E.Either<'absent' | 'unreadable', string>

const isSection = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const readBelow = (path: string, value: unknown, file: string): Reading => {
  if (isSettingPath(path)) return assigned(path, value, `${path} in ${file}`)
  const known = keysBelow(path)
  const subject = path === '' ? 'the configuration' : path
  if (known.length === 0) {
    const siblings = keysBelow(path.split('.').slice(0, -1).join('.'))
    return faulty({
      field: path,
      rule: 'unknown',
      message: `${subject} is an unknown field`,
      hint: `remove it from ${file}; known fields: ${siblings.join(', ')}`,
    })
  }
  if (value === null) return joined([])
  if (!isSection(value))
    return faulty({
      field: path,
      rule: 'invalid',
      message: `${subject} must be a section`,
      hint: `write the keys ${known.join(', ')} below it in ${file}`,
    })
  return joined(
    Object.entries(value).map(([key, below]) => readBelow(path === '' ? key : `${path}.${key}`, below, file)),
  )
}

const notYaml = (file: string, where: string): Reading =>
  faulty({ field: 'config', rule: 'format', message: `config must name a YAML file${where}`, hint: `correct ${file}` })

/** The message of the parser may quote a line of the file, so only its place is reported. */
const readYaml = (text: string, file: string): Reading => {
  const document = parseDocument(text, { prettyErrors: true, logLevel: 'silent' })
  const [fault] = [...document.errors, ...document.warnings]
  if (fault !== undefined) {
    const [place] = fault.linePos ?? []
    return notYaml(
      file,
      place === undefined ? '' : `; line ${String(place.line)}, column ${String(place.col)} cannot be parsed`,
    )
  }
  const content = E.tryCatch(
    (): unknown => document.toJS(),
    () => undefined,
  )
  return E.isRight(content) ? readBelow('', content.right, file) : notYaml(file, '')
}

/** The file that is read where none is named. */
export const defaultFile = '/etc/hyperfleet/config.yaml'

/** Reads the file that is named, or the default one if there is one. */
export const readConfigFile = (named: string | undefined, readFile: ReadFile): Reading => {
  const file = named ?? defaultFile
  const text = readFile(file)
  if (E.isRight(text)) return readYaml(text.right, file)
  if (text.left === 'absent' && named === undefined) return joined([])
  const reason = text.left === 'absent' ? 'does not exist' : 'cannot be read'
  return faulty({
    field: 'config',
    rule: 'invalid',
    message: `config names a file that ${reason}`,
    hint: `check ${file} and its permissions`,
  })
}
