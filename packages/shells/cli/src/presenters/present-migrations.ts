import type { View } from './view.ts'

const listed = (title: string, names: ReadonlyArray<string>): string =>
  `${title}\n${names.map((name) => `  ${name}\n`).join('')}`

export const presentPending = (pending: ReadonlyArray<string>): View => ({
  text: pending.length === 0 ? 'The schema is up to date.\n' : listed('A run would apply:', pending),
  data: { pending },
})

export const presentApplied = (applied: ReadonlyArray<string>): View => ({
  text: applied.length === 0 ? 'The schema was up to date.\n' : listed('Applied:', applied),
  data: { applied },
})

/** The text is a script that any client of the database runs. */
export const presentStatements = (statements: ReadonlyArray<string>): View => ({
  text:
    statements.length === 0
      ? '-- The schema is up to date.\n'
      : statements.map((statement) => `${statement};\n`).join(''),
  data: { statements },
})
