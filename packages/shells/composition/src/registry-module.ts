import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as E from 'fp-ts/lib/Either.js'
import type { RegistrySetup } from './registry-setup.ts'

type Adapter = RegistrySetup['adapter']

const members: Readonly<Record<keyof Adapter, 'string' | 'boolean' | 'function'>> = {
  type: 'string',
  requiredByDefault: 'boolean',
  decodeConfig: 'function',
  hosts: 'function',
  aliases: 'function',
  open: 'function',
}

const isAdapter = (value: unknown): value is Adapter =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(members).every(([name, type]) => typeof (value as Readonly<Record<string, unknown>>)[name] === type)

/** A path begins with a dot or a slash; everything else is the name of a package. */
const specifierOf = (module: string): string => (/^[./]/.test(module) ? pathToFileURL(resolve(module)).href : module)

const isNotFound = (error: unknown): boolean =>
  ['ERR_MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED', 'ERR_UNSUPPORTED_DIR_IMPORT'].includes(
    String((error as { readonly code?: unknown } | null)?.code),
  )

/** Its message stays out. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error)

/**
 * The one adapter that a module exports, or the rule that it breaks. A relative path is taken from the process's
 * working directory. What a module throws is not repeated: it may hold anything.
 */
export const loadRegistryModule = async (module: string): Promise<E.Either<string, Adapter>> => {
  try {
    const exported = (await import(specifierOf(module))) as Readonly<Record<string, unknown>>
    const adapters = [...new Set(Object.values(exported).filter(isAdapter))]
    const [adapter] = adapters
    return adapter !== undefined && adapters.length === 1
      ? E.right(adapter)
      : E.left(`must export exactly one registry adapter; it exports ${String(adapters.length)}`)
  } catch (error) {
    return E.left(
      isNotFound(error)
        ? 'must name a file or an installed package; it, or something that it imports, was not found'
        : `must load without an error; it threw ${nameOf(error)}`,
    )
  }
}
