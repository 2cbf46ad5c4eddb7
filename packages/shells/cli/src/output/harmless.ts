/**
 * Control characters, which a terminal obeys, and invisible ones, which turn text around or hide it. What a server, a
 * vendor or another party wrote may hold them.
 */
const hazards = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

const replacement = '\u{FFFD}'

/** The text without anything that a terminal would obey, and without line breaks. */
export const onOneLine = (text: string): string => text.replaceAll(hazards, replacement)

/** The same for a text of several lines. */
export const harmless = (text: string): string => text.split('\n').map(onOneLine).join('\n')

export const isHarmless = (text: string): boolean => onOneLine(text) === text

/** Between quotation marks of JSON or YAML, the same characters as escapes: a program reads them as they were. */
export const withEscapes = (text: string, escaped: (character: string) => string): string =>
  text
    .split('\n')
    .map((line) => line.replaceAll(hazards, escaped))
    .join('\n')
