/** Where a command writes to. */
export interface Sink {
  readonly write: (text: string) => unknown
  readonly isTTY?: boolean
}
