/** Callers give up after 10 s; an answer must reach them before that. What is under way goes on. */
export const patienceMilliseconds = 8_000

/** Nobody waits longer for a registry that is not required; it follows by itself. */
export const optionalPatienceMilliseconds = 3_000

/** A database that answers slowly gets this much more. */
export const graceMilliseconds = 1_000
