import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { check, resolveConfig } from 'prettier'
import { repositoryRoot } from '../repository.ts'
import { projectFiles } from './project-files.ts'
import type { Step } from './step.ts'

const code = /\.(ts|mjs|cjs|js)$/

/** Would be formatted on two lines, with single quotes and no semicolon. */
const canary = 'const a = "b"; const c = a\n'

const isFormatted = async (text: string, path: string): Promise<boolean> => {
  const filepath = join(repositoryRoot, path)
  return check(text, { ...(await resolveConfig(filepath)), filepath })
}

const complaint = async (path: string): Promise<string | undefined> =>
  (await isFormatted(readFileSync(join(repositoryRoot, path), 'utf8'), path)) ? undefined : `${path} is not formatted`

export const formatStep: Step = {
  name: 'format (`npx prettier --write .` repairs)',
  run: async () => {
    const missed = (await isFormatted(canary, 'packages/canary.ts')) ? ['the canary was not reported'] : []
    const found = await Promise.all(
      projectFiles()
        .filter((path) => code.test(path))
        .map(complaint),
    )
    return [...missed, ...found.filter((finding) => finding !== undefined)]
  },
}
