import { type Columns, entriesOf, type Entry, inSql, isGroup } from './columns.ts'

const jsonObject = (row: string, entries: ReadonlyArray<Entry>): string =>
  `json_build_object(${entries.map(([property, stored]) => `'${property}', ${jsonValue(row, stored)}`).join(', ')})`

const jsonValue = (row: string, stored: Entry[1]): string => {
  if (!isGroup(stored)) return inSql(row, stored)
  const [first] = stored
  if (first === undefined) throw new Error('a group of columns has none')
  return `case when ${row}.${first[1].column} is not null then ${jsonObject(row, stored)} end`
}

/** Selects a row as the domain knows it, absent properties left out. Times are whole milliseconds. */
export const jsonRow = <Row>(columns: Columns<Row>, row: string): string =>
  `json_strip_nulls(${jsonObject(row, entriesOf(columns))})`
