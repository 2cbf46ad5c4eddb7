import type { Credential } from '../credentials/credential.ts'

/** What an entry of a document is to undergo next. */
export const nextOfEntry = ({
  refreshAfter,
}: Pick<Credential, 'refreshAfter'>): Pick<Credential, 'nextAttemptAt' | 'nextWork'> => ({
  nextAttemptAt: refreshAfter,
  nextWork: refreshAfter === undefined ? undefined : 'mint',
})
