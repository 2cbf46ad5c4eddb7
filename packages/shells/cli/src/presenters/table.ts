import { onOneLine } from '../output/harmless.ts'

const gap = '   '

/** Columns as wide as their widest cell; an absent cell is a dash. */
export const table = (
  header: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string | undefined>>,
): string => {
  const cells = [
    header,
    ...rows.map((row) => row.map((cell) => (cell === undefined || cell === '' ? '-' : onOneLine(cell)))),
  ]
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  return cells
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join(gap)
          .trimEnd()}\n`,
    )
    .join('')
}

/** Names before values, one pair a line. Pairs without a value are left out. */
export const pairs = (values: ReadonlyArray<readonly [string, string | undefined]>): string => {
  const present = values.flatMap(([name, value]) =>
    value === undefined ? [] : [[`${name}:`, onOneLine(value)] as const],
  )
  const width = Math.max(...present.map(([name]) => name.length))
  return present.map(([name, value]) => `${name.padEnd(width)} ${value}\n`).join('')
}
