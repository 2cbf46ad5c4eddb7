/** What every token of the simulation begins with, and nothing else does. */
export const tokenPrefix = 'secret-'

/** The letters of a base64 text that say exactly this part of it, wherever the part begins. */
const inBase64 = (part: string): ReadonlyArray<string> =>
  [0, 1, 2].map((skipped) =>
    Buffer.from('.'.repeat(skipped) + part)
      .toString('base64')
      .slice(Math.ceil((skipped * 4) / 3), Math.floor(((skipped + part.length) * 4) / 3)),
  )

const spellings = [tokenPrefix, ...inBase64(tokenPrefix)]

/** Whether a text shows a token, plainly or in base64. */
export const tellsToken = (text: string): boolean => spellings.some((spelling) => text.includes(spelling))
