import * as E from 'fp-ts/lib/Either.js'

/** The text of a file, without the mark that some editors write before it: no file is refused for it. */
export const withoutByteOrderMark = (text: string): string => text.replace(/^\uFEFF/, '')

/** What JSON says, or the rule that the text breaks. The message of the parser is dropped: it may quote the text. */
export const parseJson = (text: string): E.Either<string, unknown> =>
  E.tryCatch(
    (): unknown => JSON.parse(text),
    () => 'must be valid JSON',
  )
