/** One way to log in that a registry offers. Scheme and parameter names are lower-case. */
export interface LoginChallenge {
  readonly scheme: string
  readonly parameters: Readonly<Record<string, string>>
}

const token = String.raw`[!#$%&'*+.^_\x60|~0-9A-Za-z-]+`
const parameter = new RegExp(String.raw`^\s*(${token})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|(${token}))\s*(?:,|$)`)
const scheme = new RegExp(String.raw`^[\s,]*(${token})(?:\s+|,|$)`)

const readParameters = (
  text: string,
  known: Readonly<Record<string, string>>,
): { readonly parameters: LoginChallenge['parameters']; readonly rest: string } => {
  const found = parameter.exec(text)
  if (found?.[1] === undefined) return { parameters: known, rest: text }
  const value = found[3] ?? (found[2] ?? '').replace(/\\(.)/g, '$1')
  return readParameters(text.slice(found[0].length), { ...known, [found[1].toLowerCase()]: value })
}

/**
 * Reads one `WWW-Authenticate` value (RFC 9110 §11.6.1), which may hold several challenges, each with several
 * parameters.
 * Nexus writes its scheme in upper case; scopes hold commas inside their quotes. What cannot be read ends the list.
 */
export const readLoginChallenges = (value: string): ReadonlyArray<LoginChallenge> => {
  const found = scheme.exec(value)
  if (found?.[1] === undefined) return []
  const { parameters, rest } = readParameters(value.slice(found[0].length), {})
  return [{ scheme: found[1].toLowerCase(), parameters }, ...readLoginChallenges(rest)]
}
