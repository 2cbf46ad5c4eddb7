import { type Column, type Columns, entriesOf, type Entry, inSql, isGroup } from './columns.ts'
import { writtenColumns } from './written-columns.ts'

/** Selects the columns by themselves, under names that two tables do not share: `r.state as r_state`. */
export const plainColumns = <Row>(columns: Columns<Row>, row: string): string =>
  writtenColumns(columns)
    .map((column) => `${inSql(row, column)} as ${row}_${column.column}`)
    .join(', ')

/** What the driver gives: nothing as null, and times, which are 64-bit integers, as text. */
type Selected = Readonly<Record<string, unknown>>
type Read = (selected: Selected) => unknown

const readColumn = (row: string, { column, isTime }: Column): Read => {
  const name = `${row}_${column}`
  return isTime
    ? (selected) => (selected[name] === null ? undefined : Number(selected[name]))
    : (selected) => selected[name] ?? undefined
}

const readProperties = (row: string, entries: ReadonlyArray<Entry>): ((selected: Selected) => object) => {
  const properties = entries.map(([property, stored]) => [property, readStored(row, stored)] as const)
  return (selected) => Object.fromEntries(properties.map(([property, read]) => [property, read(selected)]))
}

const readStored = (row: string, stored: Entry[1]): Read => {
  if (!isGroup(stored)) return readColumn(row, stored)
  const [first] = stored
  if (first === undefined) throw new Error('a group of columns has none')
  const isThere = readColumn(row, first[1])
  const read = readProperties(row, stored)
  return (selected) => (isThere(selected) === undefined ? undefined : read(selected))
}

/** Reads what `plainColumns` selected. */
export const plainRow = <Row>(columns: Columns<Row>, row: string): ((selected: Selected) => Row) =>
  readProperties(row, entriesOf(columns)) as (selected: Selected) => Row
