const token = /[\w!#$%&'*+.^`|~-]+/.source
const value = `(?:${token}|"(?:[^"\\\\]|\\\\.)*")`
const space = '[ \\t]*'

/** RFC 9110, 8.3.1 and 5.6.6. White space is matched in one place only, so that no text takes long. */
const jsonType = new RegExp(`^application/json${space}(?:;${space}(?:${token}=${value}${space})?)*$`, 'i')
const parameter = new RegExp(`;${space}(?<name>${token})=(?<value>${value})`, 'g')

/** US-ASCII is UTF-8 as far as it goes. */
const charsets: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii'])

const unquoted = (text: string): string =>
  text.startsWith('"') ? text.slice(1, -1).replaceAll(/\\(.)/g, (_pair, character: string) => character) : text

const charsetsIn = (contentType: string): ReadonlyArray<string> =>
  [...contentType.matchAll(parameter)]
    .map(({ groups = {} }) => groups)
    .filter(({ name = '' }) => name.toLowerCase() === 'charset')
    .map((groups) => unquoted(groups['value'] ?? '').toLowerCase())

/**
 * Whether a content type is that of JSON. Its parameters change nothing, but for a charset: JSON is UTF-8 (RFC 8259,
 * 8.1), and of two charsets nobody knows which counts.
 */
export const isJsonType = (contentType: string): boolean => {
  if (!jsonType.test(contentType)) return false
  const [charset = 'utf-8', ...more] = charsetsIn(contentType)
  return more.length === 0 && charsets.has(charset)
}
