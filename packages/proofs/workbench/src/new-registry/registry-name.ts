import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** One name in the spellings that code needs. */
export interface Spellings {
  /** `my-vendor` */
  readonly kebab: string
  /** `myVendor` */
  readonly camel: string
  /** `MyVendor` */
  readonly pascal: string
}

export const registriesFolder = 'packages/registries'

/** As long as a type may be in a configuration. */
const longest = 32
const legal = /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/

/** Why there can be no new registry of this name, in one sentence; `undefined` where there can. */
export const faultOfName = (name: string | undefined, root: string): string | undefined => {
  if (name === undefined) return 'Name the registry: npm run new:registry -- NAME.'
  if (!legal.test(name) || name.length > longest)
    return `A name is at most ${longest} lower-case letters and digits: words joined by "-" that begin with a letter.`
  const folder = join(registriesFolder, name)
  return existsSync(join(root, folder)) ? `${folder} exists: choose another name, or remove it first.` : undefined
}

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

export const spellingsOf = (kebab: string): Spellings => {
  const pascal = kebab.split('-').map(capitalized).join('')
  return { kebab, camel: pascal.charAt(0).toLowerCase() + pascal.slice(1), pascal }
}
