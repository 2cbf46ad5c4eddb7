import type { View } from './view.ts'

const listed = (title: string, names: ReadonlyArray<string>): string =>
  `${title}\n${names.map((name) => `  ${name}\n`).join('')}`

export const presentPending = (pending: ReadonlyArray<string>): View => ({
  text: pending.length === 0 ? 'The schema is up to date.\n' : listed('Pending migrations:', pending),
  data: { pending },
})

export const presentApplied = (applied: ReadonlyArray<string>): View => ({
  text: applied.length === 0 ? 'The schema was already up to date.\n' : listed('Applied migrations:', applied),
  data: { applied },
})

/** The text is a script for any client of the database. */
export const presentStatements = (statements: ReadonlyArray<string>): View => ({
  text:
    statements.length === 0
      ? '-- The schema is up to date.\n'
      : statements.map((statement) => `${statement};\n`).join(''),
  data: { statements },
})

/** A script for a superuser in the service's database. */
export const presentRoles = (statements: ReadonlyArray<string>): View => ({
  text: [
    "-- For a superuser, in the service's database. May be run again. Passwords are not set here: \\password ROLE.\n",
    ...statements.map((statement) => `${statement};\n`),
  ].join(''),
  data: { statements },
})
