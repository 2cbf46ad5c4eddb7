import { ESLint } from 'eslint'
import { listenToLintCanaries } from '../lint/lint-canary.ts'
import { repositoryRoot } from '../repository.ts'
import type { Step } from './step.ts'

/** A single run reads files from the disk only and would not see a canary's text. */
const reReading = { languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } }

export const lintStep: Step = {
  name: 'lint',
  run: async () => {
    const eslint = new ESLint({ cwd: repositoryRoot, overrideConfig: reReading })
    const results = await eslint.lintFiles(['.'])
    const formatter = await eslint.loadFormatter('stylish')
    const report = (await formatter.format(results)).trim()
    return [...(await listenToLintCanaries(eslint)), ...(report === '' ? [] : report.split('\n'))]
  },
}
