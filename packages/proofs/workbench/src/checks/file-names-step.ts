import { basename } from 'node:path'
import { projectFiles } from './project-files.ts'
import type { Step } from './step.ts'

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.(spec|int|e2e|d|config))*\.(ts|mjs|js|cjs)$/
const code = /\.(ts|mjs|js|cjs)$/

export const fileNamesStep: Step = {
  name: 'file names',
  run: () =>
    projectFiles()
      .filter((path) => code.test(path) && !basename(path).startsWith('.') && !kebabCase.test(basename(path)))
      .map((path) => `${path} is not in kebab-case`),
}
