const token = /[\w$]+|\s+|[^\w\s$]/g
const closing = new Set([')', ']', '}'])

const isWord = (text: string | undefined): boolean => text !== undefined && /^[\w$]+$/.test(text)

const isSpace = (text: string): boolean => /^\s+$/.test(text)

const escaped = (text: string): string => text.replaceAll(/[^\w\s]/g, String.raw`\$&`)

/**
 * What may stand between two tokens: a space that keeps words apart has to stay, every other may come, go or become a
 * line.
 */
const gap = (before: string | undefined, after: string): string => {
  if (isWord(before) && isWord(after)) return '\\s+'
  return closing.has(after) ? '\\s*(?:,\\s*)?' : '\\s*'
}

/**
 * Finds a piece of code however a formatter lays it out: white space and commas before a closing bracket do not
 * count.
 */
export const anyLayoutOf = (code: string): RegExp => {
  const tokens = (code.match(token) ?? []).filter((text) => !isSpace(text))
  const pattern = tokens.map((text, index) => `${index === 0 ? '' : gap(tokens[index - 1], text)}${escaped(text)}`)
  return new RegExp(pattern.join(''), 'g')
}

/** Two pieces of code with the same text here differ in layout only. */
export const withoutLayout = (code: string): string => code.replaceAll(/\s+/g, '').replaceAll(/,(?=[)\]}])/g, '')
