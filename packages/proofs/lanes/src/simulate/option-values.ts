/** A whole number within bounds, both included. */
export const wholeNumber = (name: string, text: string, lowest: number, highest: number): number => {
  const value = /^\d+$/.test(text) ? Number(text) : NaN
  if (!(value >= lowest && value <= highest))
    throw new Error(`--${name} must be a whole number from ${String(lowest)} to ${String(highest)}`)
  return value
}

/** What stands between commas, nothing twice. */
export const distinct = (name: string, text: string): ReadonlyArray<string> => {
  const parts = text.split(',')
  if (new Set(parts).size < parts.length) throw new Error(`--${name} must not name anything twice`)
  return parts
}
