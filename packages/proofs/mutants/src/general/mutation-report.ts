import { anyLayoutOf, withoutLayout } from '../laid-out-code.ts'
import type { EquivalentMutant } from './equivalent-mutants.ts'

interface Position {
  readonly line: number
  readonly column: number
}

/** The part of Stryker's JSON report that is read here. Lines and columns count from 1. */
export interface MutationReport {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: string
        readonly mutants: ReadonlyArray<{
          readonly status: string
          readonly replacement?: string
          readonly location: { readonly start: Position; readonly end: Position }
        }>
      }
    >
  >
}

/**
 * A mutant that no spec noticed: the source from the beginning of its first line to the end of its last, and what
 * stood there instead.
 */
export interface Survivor {
  readonly file: string
  readonly line: number
  readonly find: string
  readonly replace: string
}

export interface Verdict {
  readonly noticed: number
  /** Those of the noticed that never ended; on a machine that is too busy also those that were too slow. */
  readonly timedOut: number
  readonly survivors: ReadonlyArray<Survivor>
  readonly setAside: number
  /** Entries of judged files that match neither a survivor nor a timeout: the code or the specs have changed. */
  readonly stale: ReadonlyArray<EquivalentMutant>
  /** Per cent of the mutants that are not set aside. */
  readonly score: number
}

const unnoticed: ReadonlyArray<string> = ['Survived', 'NoCoverage']

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

interface FoundMutant {
  readonly told: Survivor
  readonly source: string
  readonly mutated: string
}

const foundIn = (report: MutationReport, statuses: ReadonlyArray<string>): ReadonlyArray<FoundMutant> =>
  Object.entries(report.files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split('\n')
    return mutants
      .filter(({ status }) => statuses.includes(status))
      .map(({ replacement = '', location: { start, end } }) => {
        const before = (lines[start.line - 1] ?? '').slice(0, start.column - 1)
        const after = (lines[end.line - 1] ?? '').slice(end.column - 1)
        const line = before + replacement + after
        return {
          told: {
            file,
            line: start.line,
            find: oneLine(lines.slice(start.line - 1, end.line).join('\n')),
            replace: oneLine(line),
          },
          source,
          mutated: [...lines.slice(0, start.line - 1), line, ...lines.slice(end.line)].join('\n'),
        }
      })
  })

const isSame = ({ told, source, mutated }: FoundMutant) => {
  const wanted = withoutLayout(mutated)
  return ({ file, find, replace }: EquivalentMutant): boolean =>
    file === told.file &&
    [...source.matchAll(anyLayoutOf(find))].some(
      ({ index, 0: { length } }) =>
        withoutLayout(source.slice(0, index) + replace + source.slice(index + length)) === wanted,
    )
}

/** What the run amounts to when the mutants that change nothing anybody could notice are left out. */
export const verdictOf = (report: MutationReport, equivalents: ReadonlyArray<EquivalentMutant>): Verdict => {
  const all = foundIn(report, unnoticed)
  // What changes nothing anybody could notice may all the same be too slow for a busy machine.
  const perhapsSlow = [...all, ...foundIn(report, ['Timeout'])]
  const survivors = all.filter((found) => !equivalents.some(isSame(found))).map(({ told }) => told)
  const count = (wanted: string): number =>
    Object.values(report.files)
      .flatMap(({ mutants }) => mutants)
      .filter(({ status }) => status === wanted).length
  const timedOut = count('Timeout')
  const noticed = count('Killed') + timedOut
  const counted = noticed + survivors.length
  return {
    noticed,
    timedOut,
    survivors,
    setAside: all.length - survivors.length,
    stale: equivalents.filter(
      (known) => known.file in report.files && !perhapsSlow.some((found) => isSame(found)(known)),
    ),
    score: counted === 0 ? 100 : (noticed / counted) * 100,
  }
}
