/** The code whose every mutant a spec should notice. */
export const judgedFolders: ReadonlyArray<string> = ['packages/core/domain/src', 'packages/core/application/src']

/** Specs and what they build with judge, and are not judged. */
export const isJudge = (file: string): boolean => file.endsWith('.spec.ts') || file.includes('/src/testing/')

/** The specs that judge, the quick first: a mutant is killed by the first that turns red. */
export const judges: ReadonlyArray<string> = [
  'packages/proofs/lanes/src/state-tables.spec.ts',
  'packages/core/domain/src/**/*.spec.ts',
  'packages/core/application/src/**/*.spec.ts',
  'packages/core/application/test/**/*.spec.ts',
  'packages/adapters/in-memory/src/in-memory-ledger.spec.ts',
  'packages/proofs/mutants/src/general/short-histories.ts',
]

/** Per cent of all mutants that must be noticed. */
export const leastScore = 95

/** Per cent for one day's share, which holds some files only and so varies more. */
export const leastScoreOfShare = 90

/** In so many days the bounded lane has been through every file. */
export const shares = 12
