const placeholder = '[redacted]'

const entities: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }

const anyHexOf = (character: string): string =>
  Buffer.from(character)
    .toString('hex')
    .replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)

/**
 * One character of ASCII as it is, or as JSON, a URL or HTML write it, also twice over. Repetitions are bounded: a
 * server must not be able to make the search slow.
 */
const anyFormOf = (character: string): string => {
  const code = character.charCodeAt(0)
  const hex = anyHexOf(character)
  const forms = [
    `\\\\{0,8}(?:\\x${code.toString(16).padStart(2, '0')}|u00${hex}|x${hex})`,
    `%(?:25){0,4}${hex}`,
    `&(?:amp;){0,4}#(?:0{0,8}${String(code)}|[xX]0{0,8}${hex});?`,
    ...(character in entities ? [`&(?:amp;){0,4}${String(entities[character])};`] : []),
  ]
  return `(?:${forms.join('|')})`
}

const otherAlphabet: Readonly<Record<string, string>> = { '+': '-', '/': '_' }

const anyBase64Of = (character: string): string =>
  character in otherAlphabet
    ? `(?:${anyFormOf(character)}|${anyFormOf(String(otherAlphabet[character]))})`
    : anyFormOf(character)

const bitsPerCharacter = 6

/** Shorter pieces of base64 or hexadecimal would be found in harmless texts. */
const shortestPiece = 8

/** The characters of base64 that the token alone determines, when so many bytes stand before it. */
const base64Piece = (token: string, bytesBefore: number): string => {
  const text = Buffer.concat([Buffer.alloc(bytesBefore), Buffer.from(token)]).toString('base64')
  const first = Math.ceil((bytesBefore * 8) / bitsPerCharacter)
  return text.slice(first, Math.floor(((bytesBefore + token.length) * 8) / bitsPerCharacter))
}

/** Bytes in hexadecimal, one after the other or with a character between them. */
const hexPieces = (token: string): ReadonlyArray<string> =>
  token.length * 2 < shortestPiece ? [] : [[...token].map(anyHexOf).join('[ :-]?')]

/**
 * Replaces a token of printable ASCII in a text, as it is, or escaped for JSON, a URL or HTML, or within base64 or
 * hexadecimal. An echo in another form, such as compressed or in pieces, is not recognized.
 */
export const makeRedactToken = (token: string): ((text: string) => string) => {
  const pieces = [0, 1, 2].map((bytesBefore) => base64Piece(token, bytesBefore))
  const forms = [
    [...token].map(anyFormOf).join(''),
    ...pieces.filter(({ length }) => length >= shortestPiece).map((piece) => [...piece].map(anyBase64Of).join('')),
    ...hexPieces(token),
  ]
  const pattern = new RegExp(forms.join('|'), 'g')
  return (text) => text.replaceAll(pattern, placeholder)
}
