import { closingLine } from '../closing-line.ts'
import { commitSubjectsStep } from './commit-subjects-step.ts'
import { docsStep } from './docs-step.ts'
import { fileNamesStep } from './file-names-step.ts'
import { formatStep } from './format-step.ts'
import { importLawStep } from './import-law-step.ts'
import { licenceStep } from './licence-step.ts'
import { lintStep } from './lint-step.ts'
import { referencesStep } from './references.ts'
import type { Step } from './step.ts'
import { supplyChainStep } from './supply-chain-step.ts'
import { specTypesStep, typesStep } from './types-step.ts'
import { unusedStep } from './unused-step.ts'

const steps: ReadonlyArray<Step> = [
  referencesStep,
  commitSubjectsStep,
  fileNamesStep,
  formatStep,
  docsStep,
  licenceStep,
  supplyChainStep,
  // Builds, and the law follows imports into what is built.
  typesStep,
  importLawStep,
  specTypesStep,
  lintStep,
  unusedStep,
]

const outcome = async ({ run }: Step): Promise<ReadonlyArray<string>> => {
  try {
    return await run()
  } catch (failure) {
    return [failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)]
  }
}

/** Runs every step, whatever the others found; returns the exit code. */
export const runChecks = async (): Promise<number> => {
  let failed = 0
  for (const step of steps) {
    const findings = await outcome(step)
    process.stdout.write(`${findings.length === 0 ? 'ok    ' : 'FAILED'}  ${step.name}\n`)
    for (const finding of findings) process.stdout.write(`        ${finding}\n`)
    failed += findings.length === 0 ? 0 : 1
  }
  process.stdout.write(`${closingLine({ passed: steps.length - failed, failed, skipped: 0 })}\n`)
  return failed === 0 ? 0 : 1
}
