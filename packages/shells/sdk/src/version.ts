import { readFileSync } from 'node:fs'

const description = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly version: string
}

/** As the package says. */
export const { version } = description
