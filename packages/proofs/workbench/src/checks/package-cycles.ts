/** What each package needs, specs included. */
export type Needs = Readonly<Record<string, ReadonlyArray<string>>>

/** One circle of packages that need each other, first and last being the same; undefined when there is none. */
export const findPackageCycle = (needs: Needs): ReadonlyArray<string> | undefined => {
  const settled = new Set<string>()

  const search = (name: string, path: ReadonlyArray<string>): ReadonlyArray<string> | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name]
    if (settled.has(name)) return undefined
    for (const need of needs[name] ?? []) {
      const cycle = search(need, [...path, name])
      if (cycle !== undefined) return cycle
    }
    settled.add(name)
    return undefined
  }

  for (const name of Object.keys(needs)) {
    const cycle = search(name, [])
    if (cycle !== undefined) return cycle
  }
  return undefined
}
