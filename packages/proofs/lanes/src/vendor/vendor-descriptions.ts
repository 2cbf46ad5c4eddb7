import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { repositoryRoot } from '@pull-secret/workbench'
import type { ApiDescription } from './api-description.ts'

/** Descriptions are large and belong to the vendors, so they lie beside the repository. */
const folder = resolve(process.env['VENDOR_API_FOLDER'] ?? join(repositoryRoot, '../shared/vendor-api'))

/** Reads a vendor's own description of its API; skips what needs it, and says why, where it is not there. */
export const requireDescription = (context: Mocha.Context, name: string): ApiDescription => {
  const file = join(folder, name)
  if (!existsSync(file)) context.skip(`${file} does not exist; VENDOR_API_FOLDER names the folder of descriptions`)
  return JSON.parse(readFileSync(file, 'utf8')) as ApiDescription
}
