import { epochMilliseconds } from './moment.ts'

/** Where one property of a row is stored. */
export interface Column {
  readonly column: string
  /** The column is a timestamp, the property an `Instant`. */
  readonly isTime?: true
  /** Written once, with the row; a version is raised by the database itself. */
  readonly isFinal?: true
}

type Stored<Value> = Value extends string | number | boolean | ReadonlyArray<unknown> ? Column : Columns<Value>

/**
 * The column of each property. The columns of a nested record are filled together: it is absent where the first of
 * them is null.
 */
export type Columns<Row> = { readonly [Property in keyof Row]-?: Stored<NonNullable<Row[Property]>> }

type Group = ReadonlyArray<readonly [property: string, column: Column]>

/** One property: the columns of a nested record by its parts, any other's by itself. */
export type Entry = readonly [property: string, stored: Column | Group]

const isColumn = (stored: object): stored is Column => 'column' in stored && typeof stored.column === 'string'

export const isGroup = (stored: Column | Group): stored is Group => !isColumn(stored)

export const entriesOf = <Row>(columns: Columns<Row>): ReadonlyArray<Entry> =>
  Object.entries<Column | Readonly<Record<string, Column>>>(columns).map(([property, stored]) => [
    property,
    isColumn(stored) ? stored : Object.entries(stored),
  ])

/** The column in a statement, where `row` is the name of the table; a time in milliseconds. */
export const inSql = (row: string, { column, isTime }: Column): string =>
  isTime ? epochMilliseconds(`${row}.${column}`) : `${row}.${column}`
