import type { CallTerms, Deadline } from '../index.ts'

/** Of a call that somebody waits for. */
export const until = (deadline: Deadline): CallTerms => ({ deadline, priority: 'interactive' })
