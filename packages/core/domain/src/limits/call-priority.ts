/**
 * What a request to a vendor is for, the most urgent first. Revocations of what was deleted, banned or compromised come
 * before everything; then what a caller waits for; then what is due; then tokens that are minted again before they end;
 * then what is made ahead, and last what only looks.
 */
export const callPriorities = ['urgent_revocation', 'interactive', 'due', 'refresh', 'pool', 'drift'] as const

export type CallPriority = (typeof callPriorities)[number]
