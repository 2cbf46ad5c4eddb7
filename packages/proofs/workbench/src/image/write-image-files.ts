import { cpSync, globSync, mkdirSync, statSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { neededPackages } from './needed-packages.ts'
import { isShipped, isShippedOfOurs } from './shipped-files.ts'

const program = 'packages/shells/cli'
const command = 'packages/shells/cli/bin/pull-secret.mjs'

const filesOf = (folder: string): ReadonlyArray<string> =>
  globSync('**/*', {
    cwd: folder,
    exclude: (path) => path === 'node_modules' || path.endsWith('/node_modules'),
  }).filter((path) => !path.split('/').includes('node_modules') && statSync(join(folder, path)).isFile())

const link = (path: string, to: string): void => {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(relative(dirname(path), to), path)
}

/**
 * Writes the files of the image into a new folder: the built command, what it is linked to and what these need, without
 * what never runs. The target's `bin/pull-secret` starts it.
 */
export const writeImageFiles = (root: string, target: string): void => {
  const copy = (folder: string, belongs: (path: string) => boolean): void => {
    for (const path of filesOf(join(root, folder)).filter(belongs)) {
      const to = join(target, folder, path)
      mkdirSync(dirname(to), { recursive: true })
      cpSync(join(root, folder, path), to)
    }
  }
  copy(program, isShippedOfOurs)
  for (const { place, folder } of neededPackages(root, program)) {
    if (place === folder) copy(folder, isShipped)
    else {
      copy(folder, isShippedOfOurs)
      link(join(target, place), join(target, folder))
    }
  }
  cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'))
  link(join(target, 'bin/pull-secret'), join(target, command))
}
