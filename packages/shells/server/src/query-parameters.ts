/** The parameters of a query; one that is given more than once is a list. */
export const queryParameters = (query: string): Readonly<Record<string, string | ReadonlyArray<string>>> => {
  if (query === '') return {}
  const search = new URLSearchParams(query)
  return Object.fromEntries(
    [...new Set(search.keys())].map((name) => {
      const values = search.getAll(name)
      return [name, values.length === 1 ? (values[0] ?? '') : values]
    }),
  )
}
