/** A promise that was found broken. */
export interface Violation {
  readonly invariant: 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'contract' | 'bug'
  readonly message: string
}
