import { Document, isScalar, Scalar, visit } from 'yaml'
import { isHarmless, withEscapes } from '../output/harmless.ts'

const jsonEscape = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('')

const yamlEscape = (character: string): string => `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`

/** JSON of which a terminal obeys nothing. */
export const jsonText = (data: unknown): string => `${withEscapes(JSON.stringify(data, undefined, 2), jsonEscape)}\n`

/** The same on a single line. */
export const jsonLine = (data: unknown): string => `${withEscapes(JSON.stringify(data), jsonEscape)}\n`

/** YAML of which a terminal obeys nothing: what holds a hazard stands in double quotes, which know escapes. */
export const yamlText = (data: unknown): string => {
  const document = new Document(data)
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && !isHarmless(node.value.replaceAll('\n', '')))
        node.type = Scalar.QUOTE_DOUBLE
    },
    Pair: (_, { key }) => {
      if (isScalar(key) && typeof key.value === 'string' && !isHarmless(key.value)) key.type = Scalar.QUOTE_DOUBLE
    },
  })
  return withEscapes(document.toString(), yamlEscape)
}
