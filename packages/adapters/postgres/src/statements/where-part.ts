/** One condition of a list, left out where its value is absent. */
export interface Condition {
  readonly value: unknown
  /** The condition, with the placeholder of its value. */
  readonly sql: (placeholder: string) => string
}

interface WherePart {
  readonly where: string
  readonly values: ReadonlyArray<unknown>
  /** The placeholder of the next value. */
  readonly next: string
}

/** The conditions whose value is there, joined by "and". */
export const wherePart = (conditions: ReadonlyArray<Condition>): WherePart => {
  const present = conditions.filter(({ value }) => value !== undefined)
  const clauses = present.map(({ sql }, index) => sql(`$${String(index + 1)}`))
  return {
    where: clauses.length === 0 ? '' : `where ${clauses.join(' and ')}`,
    values: present.map(({ value }) => value),
    next: `$${String(present.length + 1)}`,
  }
}
