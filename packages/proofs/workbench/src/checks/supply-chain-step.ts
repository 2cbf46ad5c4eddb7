import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../repository.ts'
import { projectFiles } from './project-files.ts'
import type { Step } from './step.ts'
import { unpinned } from './supply-chain.ts'

const runsOthersCode = /^\.github\/workflows\/.*\.ya?ml$|(^|\/)Dockerfile$/

export const supplyChainStep: Step = {
  name: 'supply chain (actions pinned by commit, no install scripts in the image)',
  run: () =>
    projectFiles()
      .filter((path) => runsOthersCode.test(path))
      .flatMap((path) => unpinned(path, readFileSync(join(repositoryRoot, path), 'utf8'))),
}
