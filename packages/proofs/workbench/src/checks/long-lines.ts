const marker = /^( *)\/\/ prettier-ignore$/

const indentationOf = (line: string): number => line.search(/\S|$/)

/** How many of the lines a marked table takes: up to the one that closes it at the marker's indentation. */
const tableLength = (lines: ReadonlyArray<string>, indentation: number): number => {
  if (!/[([{]$/.test(lines[0] ?? '')) return 1
  const end = lines.findIndex((line) => indentationOf(line) === indentation && /^[)\]}]/.test(line.trimStart()))
  return end === -1 ? lines.length : end + 1
}

/** The numbers of lines that are wider than they may be; tables that Prettier is told to leave alone may. */
export const longLines = (text: string, width: number): ReadonlyArray<number> => {
  const lines = text.split('\n')
  const long: Array<number> = []
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    if (line.length > width) long.push(index + 1)
    if (marker.test(line)) index += tableLength(lines.slice(index + 1), indentationOf(line))
  }
  return long
}
