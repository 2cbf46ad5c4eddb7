import { type CallProblem, nextSteps } from '@pull-secret/domain'

const isProblem = (word: string): word is CallProblem => Object.hasOwn(nextSteps, word)

/** What to do about a problem as a server words it, which may be newer than this release. */
export const hintForProblem = (problem: string): string => nextSteps[isProblem(problem) ? problem : 'server_error']
