import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot, sourceCondition } from '@pull-secret/workbench'
import { copyTree, removeTree } from '../copied-tree.ts'
import type { MutationReport } from './mutation-report.ts'
import { judgedFolders, judges } from './settings.ts'

const folder = join(repositoryRoot, '.stryker-tmp')
const reportFile = 'mutation-report.json'
const configFile = 'stryker.config.json'

/** Far above what a spec takes: it ends mutants that never end. */
const timeoutMilliseconds = 10_000

/** Stryker writes into the files it mutates, which must not be those of the tree. */
const separateFromTree = (source: string): void => {
  rmSync(join(folder, source), { recursive: true })
  cpSync(join(repositoryRoot, source), join(folder, source), { recursive: true })
}

const configOf = (files: ReadonlyArray<string>) => ({
  // The workspace's links lead into the copy; a copy of Stryker's own would lead out of it, and every mutant would
  // look alive.
  inPlace: true,
  testRunner: 'mocha',
  testRunnerNodeArgs: [`--conditions=${sourceCondition}`],
  mochaOptions: { 'no-config': true, 'no-package': true, extension: ['ts'], spec: judges },
  mutate: files,
  coverageAnalysis: 'perTest',
  disableTypeChecks: false,
  concurrency: availableParallelism(),
  timeoutMS: timeoutMilliseconds,
  allowEmpty: true,
  reporters: ['json', ...(process.stdout.isTTY ? ['progress'] : [])],
  jsonReporter: { fileName: reportFile },
  logLevel: 'warn',
  allowConsoleColors: false,
})

/** Judges every mutant of the files by the specs; gives nothing when the specs are red without a mutant. */
export const judgeFiles = (files: ReadonlyArray<string>): MutationReport | undefined => {
  copyTree(folder)
  try {
    judgedFolders.forEach(separateFromTree)
    writeFileSync(join(folder, configFile), JSON.stringify(configOf(files)))
    spawnSync(process.execPath, ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', configFile], {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const report = join(folder, reportFile)
    return existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as MutationReport) : undefined
  } finally {
    removeTree(folder)
  }
}
