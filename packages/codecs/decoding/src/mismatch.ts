/** One fault in a foreign value: which field breaks which rule. Never the value itself. */
export interface Mismatch {
  /** Dotted path of the field; empty for the value as a whole. */
  readonly field: string
  readonly rule: 'required' | 'invalid' | 'format' | 'unknown'
  readonly message: string
}
