/** A text that must be nowhere, under a name that may be printed. */
export interface Secret {
  readonly name: string
  readonly text: string
}

/** Searches one piece of text; returns the names of the secrets in it. */
export type SecretSearch = (text: string) => ReadonlyArray<string>

/** Every secret is at least this long, and is looked up by this much of its beginning. */
const keyLength = 16
const runOfSecretCharacters = /[A-Za-z0-9+/._~-]{16,}/g

const withoutPadding = (text: string): string => text.replace(/=+$/, '')

/** Logs are long and secrets many: the text is passed over once, whatever the number of secrets. */
export const makeSecretSearch = (secrets: ReadonlyArray<Secret>): SecretSearch => {
  const sought = secrets.map(({ name, text }) => ({ name, text: withoutPadding(text) }))
  const unsearchable = sought.find(
    ({ text }) => text.length < keyLength || text.replace(runOfSecretCharacters, '') !== '',
  )
  if (unsearchable !== undefined)
    throw new Error(`${unsearchable.name} is too short or has characters that the search does not look at`)
  const byBeginning = Map.groupBy(sought, ({ text }) => text.slice(0, keyLength))

  const inRun = (run: string): ReadonlyArray<string> => {
    const found: Array<string> = []
    for (let start = 0; start + keyLength <= run.length; start += 1) {
      const candidates = byBeginning.get(run.slice(start, start + keyLength))
      if (candidates !== undefined)
        found.push(...candidates.filter(({ text }) => run.startsWith(text, start)).map(({ name }) => name))
    }
    return found
  }
  return (text) => [...new Set((text.match(runOfSecretCharacters) ?? []).flatMap(inRun))]
}
