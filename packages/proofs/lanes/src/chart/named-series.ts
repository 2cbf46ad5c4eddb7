/** One condition on a label: `status="failure"`. */
export interface Matcher {
  readonly label: string
  readonly operator: '=' | '!=' | '=~' | '!~'
  readonly value: string
}

/** One series that an expression asks for. */
export interface NamedSeries {
  readonly name: string
  readonly matchers: ReadonlyArray<Matcher>
}

/** What an expression of PromQL asks for: its series, and the labels that it groups by. */
export interface Asked {
  readonly series: ReadonlyArray<NamedSeries>
  readonly groupedBy: ReadonlyArray<string>
}

const words = new Set(['and', 'or', 'unless', 'offset', 'bool', 'by', 'without', 'on', 'ignoring'])

const grouping = /\b(?:by|without|on|ignoring)\s*\(([^)]*)\)/g
const range = /\[[^\]]*\]/g
/** A word that no parenthesis follows, with its braces; words in front of numbers or in braces are passed over. */
const selector = /(?<![\w.$])([a-zA-Z_:][\w:]*)\s*(\{(?:[^}"]|"(?:[^"\\]|\\.)*")*\})?(?!\w|\s*\()/g
const matcher = /(\w+)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"/g

const matchersIn = (braces: string): ReadonlyArray<Matcher> =>
  [...braces.matchAll(matcher)].map(([, label = '', operator, value = '']) => ({
    label,
    operator: operator as Matcher['operator'],
    value,
  }))

/** Reads an expression as far as series and labels go; whether it is one at all is for promtool to say. */
export const askedBy = (expression: string): Asked => ({
  series: [...expression.replaceAll(grouping, ' ').replaceAll(range, '').matchAll(selector)]
    .filter(([, name = '']) => !words.has(name))
    .map(([, name = '', braces = '']) => ({ name, matchers: matchersIn(braces) })),
  groupedBy: [...expression.matchAll(grouping)].flatMap(([, labels = '']) =>
    labels
      .split(',')
      .map((label) => label.trim())
      .filter((label) => label !== ''),
  ),
})
