import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../repository.ts'
import { licenceFindings, type LicensedPackage } from './licence.ts'
import type { Step } from './step.ts'
import { packageFoldersIn } from './workspace.ts'

const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8')

const licensedPackage = (folder: string): LicensedPackage => ({
  folder,
  manifest: JSON.parse(read(`${folder}/package.json`)) as LicensedPackage['manifest'],
  licence: existsSync(join(repositoryRoot, folder, 'LICENSE')) ? read(`${folder}/LICENSE`) : undefined,
})

export const licenceStep: Step = {
  name: 'licences (each package that is published has the LICENSE of the project)',
  run: () =>
    packageFoldersIn(repositoryRoot).flatMap((folder) => licenceFindings(licensedPackage(folder), read('LICENSE'))),
}
