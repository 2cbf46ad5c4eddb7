import type { Instant } from '@pull-secret/domain'
import { type Column, type Columns, entriesOf, isGroup } from './columns.ts'
import { moment } from './moment.ts'

/** A column and the way to its value. */
interface WrittenColumn extends Column {
  readonly path: ReadonlyArray<string>
}

export const writtenColumns = <Row>(columns: Columns<Row>): ReadonlyArray<WrittenColumn> =>
  entriesOf(columns).flatMap(([property, stored]) =>
    isGroup(stored)
      ? stored.map(([part, column]) => ({ ...column, path: [property, part] }))
      : [{ ...stored, path: [property] }],
  )

const valueAt = (row: unknown, path: ReadonlyArray<string>): unknown =>
  path.reduce((value, property) => (value as Readonly<Record<string, unknown>> | undefined)?.[property], row)

/** A row's values, in the order of the columns. */
export const valuesOf = (columns: ReadonlyArray<WrittenColumn>, row: object): ReadonlyArray<unknown> =>
  columns.map(({ path, isTime }) => {
    const value = valueAt(row, path)
    return isTime ? moment(value as Instant | undefined) : value
  })

export const insertInto = (table: string, names: ReadonlyArray<string>): string =>
  `insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${String(index + 1)}`).join(', ')})`

/** `state = $4, fence = $5`, counting from the given parameter. */
export const assignments = (columns: ReadonlyArray<Column>, firstParameter: number): string =>
  columns.map(({ column }, index) => `${column} = $${String(firstParameter + index)}`).join(', ')
