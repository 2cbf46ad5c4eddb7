import { median } from './statistics.ts'

/** What a figure is held against. */
export type Target = { readonly atLeast: number } | { readonly atMost: number }

/** Something measured several times in one run. */
export interface Figure {
  readonly name: string
  /** `×` for a ratio. */
  readonly unit: '×' | 'ms' | 'MB'
  /** One value per round. */
  readonly rounds: ReadonlyArray<number>
  readonly target: Target
  /** The absolute values behind it and whatever a reader has to know to judge it. */
  readonly note: string
}

/** A figure that could not be measured here, and why. */
export interface Unmeasured {
  readonly name: string
  readonly reason: string
}

export type Result = Figure | Unmeasured

/** Measures one thing, or several that share their rounds. */
export type Measure = () => Promise<ReadonlyArray<Result>>

export const isMeasured = (result: Result): result is Figure => 'rounds' in result

export const meetsTarget = ({ rounds, target }: Figure): boolean =>
  'atLeast' in target ? median(rounds) >= target.atLeast : median(rounds) <= target.atMost

const shown = (value: number, unit: Figure['unit']): string =>
  unit === '×' ? value.toFixed(2) : value.toFixed(value < 10 ? 1 : 0)

/** One figure in two lines: its median with its spread and verdict, and what stands behind it. */
export const describeResult = (result: Result): string => {
  if (!isMeasured(result)) return `${result.name}: not measured, because ${result.reason}`
  const { name, unit, rounds, target, note } = result
  const [least, most] = [Math.min(...rounds), Math.max(...rounds)].map((value) => shown(value, unit))
  const limit = 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`
  const spread = rounds.length === 1 ? 'one reading' : `${least} to ${most} in ${rounds.length} rounds`
  const verdict = meetsTarget(result) ? 'met' : 'below target'
  return `${name}: ${shown(median(rounds), unit)} ${unit} (${spread}), target ${limit} ${unit}: ${verdict}\n    ${note}`
}
