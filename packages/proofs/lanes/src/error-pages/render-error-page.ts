import { type ProblemKind, problemKinds, type ProblemSlug, sampleProblem } from '@pull-secret/wire'

/** Every kind of problem that has a page. */
export const documentedSlugs = Object.keys(problemKinds) as ReadonlyArray<ProblemSlug>

/** What the author of a page writes, between the generated head and the generated example. */
export const proseSections: ReadonlyArray<string> = ['## What it means', '## Likely causes', '## What to do']

const exampleHeading = '## Example'

const answerOf = (slug: ProblemSlug) => sampleProblem(slug, 'https://docs.hyperfleet.io/errors/')

/** As the SDK does: where an answer says when, and a few times after an error of the service itself. */
const retryOf = (slug: ProblemSlug): string => {
  if (answerOf(slug).headers['Retry-After'] !== undefined) return 'yes, after `Retry-After`'
  return problemKinds[slug].status >= 500 ? 'a few times' : 'no'
}

const headOf = (slug: ProblemSlug): string => {
  const { title, status, code, symbol }: ProblemKind = problemKinds[slug]
  return `# ${title}

| Type | Status | Code | \`error.code\` | Retry |
| --- | --- | --- | --- | --- |
| \`${slug}\` | ${String(status)} | \`${code}\` | \`${symbol}\` | ${retryOf(slug)} |
`
}

const exampleOf = (slug: ProblemSlug): string => {
  const { status, headers, body } = answerOf(slug)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return `${exampleHeading}

\`\`\`http
HTTP/1.1 ${String(status)}
${lines.join('\n')}
\`\`\`

\`\`\`json
${JSON.stringify(body, null, 2)}
\`\`\`
`
}

const proseOf = (page: string): string => {
  const start = page.indexOf(proseSections[0] ?? '')
  const end = page.indexOf(exampleHeading)
  return start < 0 ? `${proseSections.join('\n\n')}\n\n` : page.slice(start, end < 0 ? undefined : end)
}

/** The page with its own prose and the facts of the code; a missing page becomes one whose prose is to be written. */
export const renderErrorPage = (slug: ProblemSlug, page: string): string =>
  `${headOf(slug)}\n${proseOf(page)}${exampleOf(slug)}`

const indexRow = (slug: ProblemSlug): string => {
  const { title, status, code, symbol }: ProblemKind = problemKinds[slug]
  return `| [${slug}](${slug}.md) | ${String(status)} | \`${code}\` | \`${symbol}\` | ${title} | ${retryOf(slug)} |`
}

/** The table of all kinds, in the order of the code: by status. */
export const renderErrorIndex = (): string => `# Errors

Written by \`npm run error-pages\` from the table that the service answers from.

Every error is an \`application/problem+json\` body as in RFC 9457. Its \`type\` is \`errors.base_url\` of the
configuration followed by the type below. Programs should branch on \`type\` or \`error.code\`; \`title\` and \`detail\`
are for people and may change. \`trace_id\` leads to the service's log and audit records of the request. No error
repeats a value that it rejects.

Where the table says "no" under Retry, repeating the same request does not help: the caller or an operator has to change
something first. Elsewhere wait as many seconds as the \`Retry-After\` header says, then repeat the request. Every
operation is safe to repeat.

| Type | Status | Code | \`error.code\` | Title | Retry |
| --- | --- | --- | --- | --- | --- |
${documentedSlugs.map(indexRow).join('\n')}
`
