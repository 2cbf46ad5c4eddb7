/**
 * Exit codes by class of error. Scripts rely on them: a number never changes its meaning. Those above 128 are what a
 * shell reports of a program that the signal kills.
 */
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
  someFailed: 9,
  gaveUp: 10,
  interrupted: 130,
  readerLeft: 141,
  terminated: 143,
} as const

export type ExitName = keyof typeof exitCodes

/** What each code means, for people. */
export const exitMeanings: Readonly<Record<ExitName, string>> = {
  ok: 'success',
  internal: 'internal error of the command or the service, or the output cannot be written',
  usage: 'invalid usage, input or configuration',
  access: 'not authenticated, or not authorized',
  notFound: 'not found',
  conflict: 'conflict with the current state of the cluster',
  unavailable: 'unavailable or not ready: retry later',
  underWay: 'revocation in progress: not every credential is proved revoked yet',
  checkFailed: 'a check failed, or something is refused or stuck',
  someFailed: 'rollout: some clusters failed, every other one has its pull secret',
  gaveUp: 'rollout: more clusters failed than --max-failures, no further one was begun',
  interrupted: 'stopped by SIGINT before the command was complete',
  readerLeft: 'the reader of the output left, as head does',
  terminated: 'stopped by SIGTERM before the command was complete',
}

const names = Object.keys(exitCodes) as ReadonlyArray<ExitName>

/** A line for each code, as the help prints them. */
export const describeExitCodes = (): string =>
  names.map((name) => `  ${String(exitCodes[name])}  ${exitMeanings[name]}`).join('\n')
