/** Exit codes by class of error. Scripts rely on them: a number never changes its meaning. */
export const exitCodes = {
  ok: 0,
  internal: 1,
  usage: 2,
  access: 3,
  notFound: 4,
  conflict: 5,
  unavailable: 6,
  underWay: 7,
  checkFailed: 8,
} as const

export type ExitName = keyof typeof exitCodes

/** What each code says, for people. */
export const exitMeanings: Readonly<Record<ExitName, string>> = {
  ok: 'done',
  internal: 'an error inside the program or the service',
  usage: 'wrong use, input or configuration',
  access: 'not authenticated, or not allowed',
  notFound: 'no such object',
  conflict: 'refused in the present state of the cluster',
  unavailable: 'not reachable or not ready: the same command may succeed later',
  underWay: 'the deletion goes on: not every credential is proved revoked',
  checkFailed: 'a check failed',
}

const names = Object.keys(exitCodes) as ReadonlyArray<ExitName>

/** A line for each code, as the help prints them. */
export const describeExitCodes = (): string =>
  names.map((name) => `  ${String(exitCodes[name])}  ${exitMeanings[name]}`).join('\n')
