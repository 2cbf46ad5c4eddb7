import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { check, type Options, resolveConfig } from 'prettier'
import { repositoryRoot } from '../repository.ts'
import { longLines } from './long-lines.ts'
import { projectFiles } from './project-files.ts'
import type { Step } from './step.ts'

const code = /\.(ts|mjs|cjs|js)$/

/** Would be formatted on two lines, with single quotes and no semicolon. */
const canary = 'const a = "b"; const c = a\n'

/** A table, which may be wide, and what follows it: only the last line is too long for twenty characters. */
const wideCanary = [
  '// prettier-ignore',
  'const a = [',
  `  ['first', 'second'],`,
  ']',
  `const b = 'far too long'`,
].join('\n')

const missedCanaries = async (): Promise<ReadonlyArray<string>> => {
  const isMissed = await check(canary, await optionsOf('packages/canary.ts'))
  const isMeasured = longLines(wideCanary, 20).join() === '5'
  return [
    ...(isMissed ? ['the canary was not reported'] : []),
    ...(isMeasured ? [] : ['the canary with long lines was not reported as it should be']),
  ]
}

const optionsOf = async (path: string): Promise<Options> => {
  const filepath = join(repositoryRoot, path)
  return { ...(await resolveConfig(filepath)), filepath }
}

const complaints = async (path: string): Promise<ReadonlyArray<string>> => {
  const text = readFileSync(join(repositoryRoot, path), 'utf8')
  const options = await optionsOf(path)
  const width = options.printWidth ?? 80
  return [
    ...((await check(text, options)) ? [] : [`${path} is not formatted`]),
    ...longLines(text, width).map((line) => `${path}:${String(line)} is longer than ${width}`),
  ]
}

export const formatStep: Step = {
  name: 'format (`npx prettier --write .` repairs all but long texts)',
  run: async () => {
    const found = await Promise.all(
      projectFiles()
        .filter((path) => code.test(path))
        .map(complaints),
    )
    return [...(await missedCanaries()), ...found.flat()]
  },
}
