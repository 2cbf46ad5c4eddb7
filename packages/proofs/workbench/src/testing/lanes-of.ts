import { kindOf, kinds } from './find-specs.ts'

/** Spec files that run one after the other in a process of their own. */
export interface Lane {
  readonly files: ReadonlyArray<string>
  /** End-to-end specs start what the build makes. */
  readonly needsBuild: boolean
}

const laneOf = (files: ReadonlyArray<string>): Lane => ({
  files,
  needsBuild: files.some((file) => kindOf(file) === 'endToEnd'),
})

/** One lane, or one per kind of spec: the fast ones use the processor, the others mostly wait. */
export const lanesOf = (files: ReadonlyArray<string>, { apart }: { readonly apart: boolean }): ReadonlyArray<Lane> =>
  apart
    ? kinds.map((kind) => laneOf(files.filter((file) => kindOf(file) === kind))).filter((lane) => lane.files.length > 0)
    : [laneOf(files)]
