/** A body in which the name of one field is misspelt, and the path to that field. */
export interface Misspelling {
  readonly path: string
  readonly body: unknown
}

const joined = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

/** Every body that differs from this one in the name of one field. Fields of maps, whose keys are free, count too. */
export const misspellingsOf = (value: unknown, path = ''): ReadonlyArray<Misspelling> => {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) =>
      misspellingsOf(item, joined(path, String(index))).map((inside) => ({
        path: inside.path,
        body: value.with(index, inside.body) as unknown,
      })),
    )
  const fields = Object.entries(value)
  return fields.flatMap(([name, part], index) => [
    {
      path: joined(path, name),
      body: Object.fromEntries(fields.map(([other, whole]) => [other === name ? `${name}z` : other, whole])),
    },
    ...misspellingsOf(part, joined(path, name)).map((deeper) => ({
      path: deeper.path,
      body: Object.fromEntries(fields.with(index, [name, deeper.body])),
    })),
  ])
}
