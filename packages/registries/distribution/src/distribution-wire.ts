import * as E from 'fp-ts/lib/Either.js'
import type { OwnNames } from './distribution-user-name.ts'

/**
 * An htpasswd file as the registry reads it: one `user:hash` a line, blank lines and lines that begin with `#`
 * skipped.
 */
export interface HtpasswdContent {
  /** The highest fence under which this deployment has written the file; 0 before its first write. */
  readonly fence: number
  /**
   * Our users by name, each with its hash. The registry takes the last of two lines with one name, and so is it here.
   */
  readonly own: ReadonlyMap<string, string>
  /** Those of our users that stay although the ledger does not know them: somebody said so after a restore. */
  readonly kept: ReadonlySet<string>
  /** Every other line, unchanged and in order. */
  readonly foreign: ReadonlyArray<string>
}

const commentStart = '# pull-secret-service deployment='

const keepStart = '# pull-secret-service keep='

const fenceIn = (line: string, { deployment }: OwnNames): number | undefined => {
  const [, owner, fence] = /^# pull-secret-service deployment=(\S+) fence=(\d{1,15})\s*$/.exec(line) ?? []
  return owner === deployment ? Number(fence) : undefined
}

const linesOf = (text: string): ReadonlyArray<string> => (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')

const isSkipped = (line: string): boolean => line.trim() === '' || line.trim().startsWith('#')

const userIn = (line: string): readonly [name: string, hash: string] | undefined => {
  const [, name, hash] = isSkipped(line) ? [] : (/^([^:]*):(.*)$/s.exec(line.trim()) ?? [])
  return name === undefined || hash === undefined ? undefined : [name, hash]
}

/** Left: a line without a colon, for which the registry refuses every login (registry/auth/htpasswd/htpasswd.go). */
export const parseHtpasswd = (text: string, names: OwnNames): E.Either<'malformed', HtpasswdContent> => {
  const lines = (text === '' ? [] : linesOf(text)).map((line) => ({
    line,
    user: userIn(line),
    fence: fenceIn(line, names),
  }))
  if (lines.some(({ line, user }) => user === undefined && !isSkipped(line))) return E.left('malformed')
  const isKeep = (line: string): boolean =>
    line.startsWith(keepStart) && names.markerIn(line.slice(keepStart.length).trim()) !== undefined
  const isOwn = (user: readonly [name: string, hash: string] | undefined): boolean =>
    user !== undefined && names.markerIn(user[0]) !== undefined
  return E.right({
    fence: Math.max(0, ...lines.flatMap(({ fence }) => fence ?? [])),
    own: new Map(lines.flatMap(({ user }) => (user !== undefined && isOwn(user) ? [user] : []))),
    kept: new Set(lines.flatMap(({ line }) => (isKeep(line) ? [line.slice(keepStart.length).trim()] : []))),
    foreign: lines
      .filter(({ line, user, fence }) => fence === undefined && !isOwn(user) && !isKeep(line))
      .map(({ line }) => line),
  })
}

/** Our comment first, then every foreign line as it was, then our users. */
export const renderHtpasswd = ({ fence, own, kept, foreign }: HtpasswdContent, { deployment }: OwnNames): string =>
  [
    `${commentStart}${deployment} fence=${String(fence)}`,
    ...foreign,
    ...[...own].flatMap(([name, hash]) => [...(kept.has(name) ? [`${keepStart}${name}`] : []), `${name}:${hash}`]),
  ]
    .map((line) => `${line}\n`)
    .join('')
