/** What one code means. */
export interface FaultRow {
  /** Somebody has to change a setting, a file or a right; otherwise a later try may succeed. */
  readonly isLasting: boolean
  /** With places for words that depend on the connection, such as `{at}`. */
  readonly sentence: string
}

export const lasting = (sentence: string): FaultRow => ({ isLasting: true, sentence })

export const passing = (sentence: string): FaultRow => ({ isLasting: false, sentence })
