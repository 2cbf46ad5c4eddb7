import { readFileSync } from 'node:fs'

/** As the package says. A program that has the SDK in a bundle has no file of it. */
export const readVersion = (): string => {
  try {
    const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
    return (JSON.parse(text) as { readonly version: string }).version
  } catch {
    return 'unknown'
  }
}
